using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Hosting;

/// <summary>The web server: its configuration, the middleware around every request, and the page.</summary>
internal static class HostingExtensions
{
    private const string DefaultAddress = "http://localhost:5080";

    // Enough for names. Messages and the doors that start runs set a larger limit of their own.
    private const long MaxBodyBytes = 8_192;

    // The bytes of a request that Kestrel reads ahead of the hub. They are in no budget, so there may be many connections with them.
    private const long MaxReadAheadBytes = 32_768;

    // The limit of HTTP connections, and again of WebSockets: four times the measured number, below common limits of open files.
    private const long MaxConnections = 20_000;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        SocketThreads.Use();
        // The defaults lie beside the program, whichever folder it is started from.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
        });
        // The file cannot hold this default: started from the hub's own folder, the file outranks ASPNETCORE_URLS.
        builder.Configuration.Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = [new(WebHostDefaults.ServerUrlsKey, DefaultAddress)] });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestBufferSize = MaxReadAheadBytes;
            kestrel.Limits.MaxResponseBufferSize = ListenSockets.MaxUnsentBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        });
        builder.Services.AddSettings<ServerOptions>("Server");
        builder.Services.AddOptions<SocketTransportOptions>().Configure<IOptions<ServerOptions>>((transport, server) =>
            transport.CreateBoundListenSocket = endpoint => ListenSockets.Create(endpoint, server.Value.SendBufferBytes));
        builder.Services.ConfigureHttpJsonOptions(json => ProtocolJson.Configure(json.SerializerOptions));
        // Binding errors go to HubErrorHandler too, instead of ending as an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<IStartStep, EndpointPolicies>();
        builder.Services.AddProxies();
        builder.Services.AddHostedService<StartupBanner>();
        builder.Services.AddOpenApi(ApiDocument.Configure);
    }

    public static void UseHosting(this WebApplication app)
    {
        UnknownSettings.RefuseAll((IConfigurationRoot)app.Configuration, [.. app.Services.GetServices<SettingsSection>()]);
        app.UseConfiguredPathBase();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => HubErrorHandler.WriteStatusAsync(context.HttpContext));
        app.Use(SecurityHeaders.ApplyAsync);
        app.Use(StartingGate.ApplyAsync);
        app.UseRoutingWithHead();
        app.Use(BodyForm.ApplyAsync);
        app.Use(BodyAdmission.ApplyAsync);
        app.UsePageFiles();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapHosting(this WebApplication app)
    {
        app.MapHealth();
        app.MapPage();
    }
}
