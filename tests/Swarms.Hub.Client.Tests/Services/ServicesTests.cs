using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Swarms.Hub.Client.Tests.Fakes;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

/// <summary>A client that a program takes from its services, on a real port.</summary>
public sealed class ServicesTests : RoomClientTestBase
{
    private readonly ServiceCollection _services = [];
    private readonly ConcurrentQueue<CarriedRequest> _requests = [];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handlers_Of_The_Services_Carry_Calls_And_WebSockets()
    {
        PublicCalls.AnswerAll(Hub);
        _services.AddSwarmsHubClient(options => options.Address = Hub.Address)
            .AddHttpMessageHandler(() => new CarriedRequests(_requests));
        await using var provider = _services.BuildServiceProvider();
        var client = provider.GetRequiredService<HubClient>();

        await client.GetServerAsync(CancellationToken);
        await WatchUntilThirdEventAsync(client, Hub);

        Assert.Equal(["/api/server", "/hub"], _requests.Select(request => request.Path));
        Assert.Same(client, provider.GetRequiredService<HubClient>());
    }

    [Fact]
    public async Task Handler_Of_The_Services_May_Trust_A_Certificate_Of_Its_Own()
    {
        using var certificate = HubHandlerTests.CreateCertificate("CN=hub");
        await using var hub = await FakeHub.StartAsync(new FakeHub { Certificate = certificate });
        PublicCalls.AnswerAll(hub);
        _services.AddSwarmsHubClient(options => options.Address = hub.Address)
            .ConfigurePrimaryHttpMessageHandler(() => Trusting(certificate));
        await using var provider = _services.BuildServiceProvider();
        var client = provider.GetRequiredService<HubClient>();

        await client.GetServerAsync(CancellationToken);
        await WatchUntilThirdEventAsync(client, hub);

        Assert.Equal("https", hub.Address.Scheme);
    }

    [Fact]
    public async Task Named_Clients_Reach_Their_Own_Hubs_With_Their_Own_Handlers()
    {
        await using var other = await FakeHub.StartAsync();
        PublicCalls.AnswerAll(Hub);
        PublicCalls.AnswerAll(other);
        _services.AddSwarmsHubClient("school", options => options.Address = Hub.Address)
            .AddHttpMessageHandler(() => new CarriedRequests(_requests));
        _services.AddSwarmsHubClient("club", options => options.Address = other.Address);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<HubClient>("school").GetServerAsync(CancellationToken);
        await provider.GetRequiredKeyedService<HubClient>("club").GetServerAsync(CancellationToken);
        await WatchUntilThirdEventAsync(provider.GetRequiredKeyedService<HubClient>("club"), other);

        Assert.Equal(["GET /api/server"], Hub.Calls.Select(call => call.Call));
        Assert.Equal(["GET /api/server"], other.Calls.Select(call => call.Call));
        Assert.Equal(Hub.Address.Authority, Assert.Single(_requests).Address.Authority);
        Assert.Null(provider.GetService<HubClient>());
    }

    [Fact]
    public async Task Options_Are_Bound_To_A_Section_Of_The_Configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Hub:Address"] = Hub.Address.ToString(),
            ["Hub:OperatorKey"] = "key",
            ["Hub:MaxReconnectDelay"] = "00:00:02",
            ["Hub:MaxBufferedEvents"] = "7",
            ["Hub:UseTickets"] = "true",
        }).Build();
        Hub.Answer("POST /api/rooms", new Protocol.RoomAdmission { Room = Room, Member = Ada, Token = "t1" }, 201);
        _services.AddSwarmsHubClient(options => configuration.GetSection("Hub").Bind(options));
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<HubClient>().CreateRoomAsync("Biology", cancellationToken: CancellationToken);

        Assert.Equal("Bearer key", Assert.Single(Hub.Calls).Authorization);
        var bound = provider.GetRequiredService<IOptions<HubClientOptions>>().Value;
        Assert.Equal((TimeSpan.FromSeconds(2), 7, true), (bound.MaxReconnectDelay, bound.MaxBufferedEvents, bound.UseTickets));
    }

    [Theory]
    [InlineData(null, 8, "Address is missing: set it to the hub's address")]
    [InlineData("ftp://hub.example", 8, "begins with http:// or https://")]
    [InlineData("http://localhost:5080", 0, "ServerTimeout")]
    public async Task Host_Does_Not_Start_With_Options_That_No_Client_Can_Have(string? address, int seconds, string reason)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSwarmsHubClient(options =>
        {
            options.Address = address is null ? null : new Uri(address);
            options.ServerTimeout = TimeSpan.FromSeconds(seconds);
        });
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(CancellationToken));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_That_End_Close_The_Connections_Of_Their_Client()
    {
        _services.AddSwarmsHubClient(options => options.Address = Hub.Address);
        var provider = _services.BuildServiceProvider();
        var watch = Watch(provider.GetRequiredService<HubClient>().OpenRoom("room1", "token1"));
        var viewer = await Hub.NextViewerAsync();

        await provider.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Ended);
        await viewer.Ended;
    }

    [Fact]
    public async Task Log_Of_The_Services_Tells_How_The_Watch_Goes_And_Holds_No_Token()
    {
        using var log = new KeptLog();
        _services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        _services.AddSwarmsHubClient(options => options.Address = Hub.Address);
        await using var provider = _services.BuildServiceProvider();

        await WatchUntilThirdEventAsync(provider.GetRequiredService<HubClient>(), Hub);

        Assert.Contains("Swarms.Hub.Client.RoomClient: The watch of room room1 is Live: (null)", log.Lines);
        Assert.Contains(log.Lines, line => line.StartsWith("Microsoft.AspNetCore.SignalR.Client.", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("token1", StringComparison.Ordinal));
    }

    private async Task WatchUntilThirdEventAsync(HubClient client, FakeHub hub)
    {
        var watch = Watch(client.OpenRoom("room1", "token1"));
        (await hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        return handler;
    }
}
