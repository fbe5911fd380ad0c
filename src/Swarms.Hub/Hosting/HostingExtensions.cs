using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>The web server itself: what surrounds every request, and the page.</summary>
internal static class HostingExtensions
{
    private const string DefaultAddress = "http://localhost:5080";

    // For names and messages. What starts a run may be larger, and says so at its door.
    private const long MaxBodyBytes = 1_048_576;

    // Of HTTP, and as many WebSockets: four times what was measured, and less than a process may open elsewhere.
    private const long MaxConnections = 20_000;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        SocketThreads.Use();
        // The defaults are the program's own, from whichever folder it is started.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
        });
        // Not in that file, which stands above ASPNETCORE_URLS where the hub is started from its own folder.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new(WebHostDefaults.ServerUrlsKey, DefaultAddress)] });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxResponseBufferSize = ListenSockets.MaxUnsentBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
        });
        builder.Services.AddOptions<ServerOptions>().BindConfiguration("Server").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<SocketTransportOptions>().Configure<IOptions<ServerOptions>>((transport, server) =>
            transport.CreateBoundListenSocket = endpoint => ListenSockets.Create(endpoint, server.Value.SendBufferBytes));
        builder.Services.ConfigureHttpJsonOptions(json => ProtocolJson.Configure(json.SerializerOptions));
        // Errors of binding come to the one handler too, instead of an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddHostedService<StartupBanner>();
        builder.Services.AddOpenApi(ApiDocument.Configure);
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => HubErrorHandler.WriteStatusAsync(context.HttpContext));
        app.Use(SecurityHeaders.ApplyAsync);
        app.Use(StartingGate.ApplyAsync);
        app.Use(BodyLimit.ApplyAsync);
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
