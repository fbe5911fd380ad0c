using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Hosting;

public sealed class EndpointPoliciesTests
{
    [Fact]
    public async Task Endpoint_That_Does_Not_Say_Who_May_Call_It_Ends_The_Start_By_Name() =>
        Assert.Contains("GET /forgotten", await RefusalOfAsync(routes => routes.MapGet("/forgotten", () => "")), StringComparison.Ordinal);

    [Fact]
    public async Task Hub_Method_That_Does_Not_Say_Who_May_Call_It_Ends_The_Start_By_Name() =>
        Assert.Contains(
            "LooseHub.Forgotten",
            await RefusalOfAsync(routes => routes.MapHub<LooseHub>("/loose").RequireAuthorization()),
            StringComparison.Ordinal);

    [Fact]
    public async Task Endpoint_And_Hub_Method_That_Are_Open_On_Purpose_Start()
    {
        await using var hub = new HubWith(routes =>
        {
            routes.MapGet("/open", () => "").AllowAnonymous();
            routes.MapHub<OpenHub>("/open-hub").RequireAuthorization();
        });
        hub.UseKestrel(0);

        hub.StartServer();
    }

    private static async Task<string> RefusalOfAsync(Action<IEndpointRouteBuilder> map)
    {
        await using var hub = new HubWith(map);
        hub.UseKestrel(0);
        return Assert.Throws<InvalidOperationException>(hub.StartServer).Message;
    }

    private sealed class LooseHub : Microsoft.AspNetCore.SignalR.Hub
    {
        [AllowAnonymous]
        public override Task OnConnectedAsync() => base.OnConnectedAsync();

        public Task Forgotten() => Clients.Caller.SendAsync("Called");
    }

    private sealed class OpenHub : Microsoft.AspNetCore.SignalR.Hub
    {
        [AllowAnonymous]
        public Task Open() => Clients.Caller.SendAsync("Called");
    }

    private sealed class HubWith(Action<IEndpointRouteBuilder> map) : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-test-");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Storage:Path", Path.Combine(_folder.FullName, "hub.db"));
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(new Mapped(map)));
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    private sealed class Mapped(Action<IEndpointRouteBuilder> map) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.UseRouting().UseEndpoints(map);
        };
    }
}
