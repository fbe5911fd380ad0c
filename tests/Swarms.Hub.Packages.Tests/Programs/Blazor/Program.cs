using BlazorProgram;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;

// The page's address says which hub and which invite: /?hub=http://localhost:5080/&invite=ABC-DEF-GHJ
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.Services.AddSwarmsHubClient();
builder.Services.AddSingleton<PageAddress>();
builder.Services.AddOptions<Swarms.Hub.Client.HubClientOptions>()
    .Configure<PageAddress>((options, page) => options.Address = new Uri(page.Hub));
await builder.Build().RunAsync();
