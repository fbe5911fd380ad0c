using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>
/// A real SignalR hub on loopback that does what the test says: every <c>WatchRoom</c> becomes a <see cref="FakeViewer"/>
/// for the test to feed, every HTTP call is answered as scripted. A call that no test expects is answered with 501.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly Channel<FakeViewer> _viewers = Channel.CreateUnbounded<FakeViewer>();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The calls, as <c>POST /api/rooms</c>, with its Authorization header and its body.</summary>
    public ConcurrentQueue<FakeCall> Calls { get; } = [];

    /// <summary>The invocations, as <c>RaiseHand room1</c>.</summary>
    public ConcurrentQueue<string> Invocations { get; } = [];

    /// <summary>How many connections were opened.</summary>
    public int Connections { get; internal set; }

    /// <summary>The status with which the WebSocket's own request is refused.</summary>
    public int? RefuseConnectionsWith { get; set; }

    /// <summary>False: a proxy before it answers the wish for a WebSocket itself, and passes everything else.</summary>
    public bool PassesWebSockets { get; set; } = true;

    /// <summary>The failure of hub methods other than <c>WatchRoom</c>.</summary>
    public string? FailInvocationsWith { get; set; }

    /// <summary>Told of an invocation, which is then never answered; null: each is answered.</summary>
    public Action? OnInvocation { get; set; }

    /// <summary>With which it listens on https; null: on http.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The subjects of the certificates that clients have shown, where it asks for one.</summary>
    public ConcurrentQueue<string?> ClientCertificates { get; } = [];

    /// <summary>How often it pings, as the hub does every 15 seconds.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    public static Task<FakeHub> StartAsync() => StartAsync(new FakeHub());

    public static async Task<FakeHub> StartAsync(FakeHub hub)
    {
        await hub.ListenAsync();
        return hub;
    }

    /// <summary>Begins, or begins again on the same port.</summary>
    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Address.Port, listen =>
        {
            if (Certificate is not null)
                listen.UseHttps(UseTls);
        }));
        if (Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();

        builder.Services.AddSingleton(this);
        builder.Services.AddSignalR(hub => hub.KeepAliveInterval = KeepAliveInterval).AddJsonProtocol(
            json => ProtocolJson.Configure(json.PayloadSerializerOptions));
        var app = builder.Build();
        app.Use((context, next) =>
        {
            ClientCertificates.Enqueue(context.Connection.ClientCertificate?.Subject);
            return next(context);
        });
        app.Use((context, next) => !PassesWebSockets && context.Request.Headers.Upgrade.Count > 0
            ? Refuse(context, StatusCodes.Status400BadRequest)
            : next(context));
        app.UseWebSockets();
        app.Use((context, next) =>
        {
            if (context.Features.Get<IHttpWebSocketFeature>() is { } webSockets)
                context.Features.Set<IHttpWebSocketFeature>(new KeptWebSocket(webSockets));

            return next(context);
        });
        app.Use((context, next) => context.Request.Path == "/hub" && RefuseConnectionsWith is { } status
            ? Refuse(context, status)
            : next(context));
        app.MapHub<FakeRoomHub>("/hub");
        app.MapFallback(AnswerAsync);
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        _app = app;
    }

    /// <summary>Dies without a goodbye, as a killed process does to its clients.</summary>
    public async Task DieAsync()
    {
        if (_app is null)
            return;

        using var noPatience = new CancellationTokenSource();
        await noPatience.CancelAsync();
        await _app.StopAsync(noPatience.Token);
        await _app.DisposeAsync();
        _app = null;
        // Those who came back while it died have died with it.
        while (_viewers.Reader.TryRead(out var viewer))
            viewer.End();
    }

    public Task<FakeViewer> NextViewerAsync() => _viewers.Reader.ReadAsync().InTime();

    /// <summary>The next viewer, however long it takes.</summary>
    public ValueTask<FakeViewer> AnyViewerAsync(CancellationToken cancellationToken) => _viewers.Reader.ReadAsync(cancellationToken);

    public bool HasAnotherViewer => _viewers.Reader.TryPeek(out _);

    internal void Add(FakeViewer viewer) => _viewers.Writer.TryWrite(viewer);

    public Task DrainAsync(int seconds) =>
        _app!.Services.GetRequiredService<IHubContext<FakeRoomHub, IRoomViewer>>().Clients.All.Draining(seconds);

    public Task AnnounceAsync(string roomId, RoomPresence presence) =>
        _app!.Services.GetRequiredService<IHubContext<FakeRoomHub, IRoomViewer>>().Clients.All.PresenceChanged(roomId, presence);

    public Task TellAsync(string roomId, RoomWatching watching) =>
        _app!.Services.GetRequiredService<IHubContext<FakeRoomHub, IRoomViewer>>().Clients.All.WatchingChanged(roomId, watching);

    /// <summary>Answers a call such as <c>POST /api/rooms</c>.</summary>
    public void Answer(string call, Func<HttpContext, Task> answer) => _answers[call] = answer;

    public void Answer(string call, object body, int status = 200) => Answer(call, context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, ProtocolJson.Options);
    });

    public void Refuse(string call, int status, string code, string detail) =>
        Answer(call, new { status, code, detail, title = "Refused" }, status);

    public ValueTask DisposeAsync() => new(DieAsync());

    private void UseTls(HttpsConnectionAdapterOptions tls)
    {
        tls.ServerCertificate = Certificate;
        tls.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        tls.ClientCertificateValidation = (_, _, _) => true;
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = $"{context.Request.Method} {context.Request.Path}";
        using var reader = new StreamReader(context.Request.Body);
        Calls.Enqueue(
            new FakeCall(call, context.Request.QueryString.Value, context.Request.Headers.Authorization, await reader.ReadToEndAsync()));
        await (_answers.TryGetValue(call, out var answer) ? answer(context) : Refuse(context, StatusCodes.Status501NotImplemented));
    }
}
