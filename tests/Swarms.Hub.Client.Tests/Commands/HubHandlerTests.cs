using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Swarms.Hub.Client.Tests.Fakes;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class HubHandlerTests : RoomClientTestBase
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(502)]
    public async Task Proxy_That_Refuses_Is_Named_With_Its_Status_And_Without_Its_Credentials(int status)
    {
        await using var proxy = new FakeProxy(status);
        Options.Proxy = new WebProxy(new UriBuilder(proxy.Address) { UserName = "ada", Password = "secret" }.Uri);

        var change = await Watch().NextAsync<ConnectionStateUpdate>(update => update.ConnectionState == ConnectionState.Offline);

        Assert.Equal(HubClientException.HubUnreachable, change.Error!.Code);
        Assert.Contains(proxy.Address.Authority, change.Error.Message, StringComparison.Ordinal);
        Assert.Contains("proxy", change.Error.Message, StringComparison.Ordinal);
        Assert.Contains($"{status}", change.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", change.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(502)]
    public async Task Call_That_A_Proxy_Refuses_Names_It_Too(int status)
    {
        await using var proxy = new FakeProxy(status);
        Options.Proxy = new WebProxy(proxy.Address);

        var error = await Assert.ThrowsAsync<HubClientException>(() => OpenRoom().SayAsync("Hello", CancellationToken));

        Assert.Equal(HubClientException.HubUnreachable, error.Code);
        Assert.Contains(proxy.Address.Authority, error.Message, StringComparison.Ordinal);
        Assert.Contains(status == 407 ? "credentials" : $"{status}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_That_Is_Not_There_Is_Named()
    {
        var proxy = new FakeProxy(200);
        await proxy.DisposeAsync();
        Options.Proxy = new WebProxy(proxy.Address);

        var change = await Watch().NextAsync<ConnectionStateUpdate>(update => update.ConnectionState == ConnectionState.Offline);

        Assert.Contains("Connection refused", change.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(proxy.Address.Authority, change.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_Is_Watched_Through_The_Proxy_Of_The_Options()
    {
        await using var proxy = new FakeProxy(200);
        Options.Proxy = new WebProxy(proxy.Address);
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));

        await watch.UntilAsync(3);

        Assert.Equal(1, proxy.Requests);
    }

    [Fact]
    public async Task Hub_Whose_Certificate_Is_Not_Trusted_Is_Said_To_Be_So_By_Calls_And_Watches()
    {
        using var certificate = CreateCertificate("CN=hub");
        await using var hub = await FakeHub.StartAsync(new FakeHub { Certificate = certificate });
        using var client = new HubClient(hub.Address, Options);

        var call = await Assert.ThrowsAsync<HubClientException>(() => client.GetServerAsync(CancellationToken));
        var change = await Watch(client.OpenRoom("room1", "token1")).NextAsync<ConnectionStateUpdate>(update => update.Error is not null);

        Assert.Equal((HubClientException.HubUnreachable, HubClientException.HubUnreachable), (call.Code, change.Error!.Code));
        Assert.Contains("certificate", call.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", change.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_And_Certificates_Of_The_Options_Serve_Calls_And_Watches()
    {
        using var certificate = CreateCertificate("CN=hub");
        using var own = CreateCertificate("CN=ada");
        await using var hub = await FakeHub.StartAsync(new FakeHub { Certificate = certificate });
        PublicCalls.AnswerAll(hub);
        Options.ClientCertificates = [own];
        Options.ConfigureHandler = handler => handler.SslOptions.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        using var client = new HubClient(hub.Address, Options);

        await client.GetServerAsync(CancellationToken);
        var watch = Watch(client.OpenRoom("room1", "token1"));
        (await hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal(["CN=ada", "CN=ada"], hub.ClientCertificates);
    }

    [Fact]
    public async Task Handler_That_A_Program_Puts_Around_The_Clients_Own_Carries_Calls_And_WebSockets()
    {
        var requests = new ConcurrentQueue<CarriedRequest>();
        PublicCalls.AnswerAll(Hub);
        Options.HttpMessageHandlerFactory = own => new CarriedRequests(requests, own);
        Options.WebSocketConfiguration = socket => socket.SetRequestHeader("X-Program", "test");
        var room = OpenRoom();
        await room.GetRoomAsync(CancellationToken);

        var watch = Watch(room);
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal(
            [("/api/rooms/room1", "Bearer token1", null), ("/hub", "Bearer token1", "test")],
            requests.Select(request => (request.Path, request.Authorization, request.Program)));
    }

    [Fact]
    public async Task Proxy_Behind_A_Handler_Of_The_Program_Is_Named_Too()
    {
        await using var proxy = new FakeProxy(502);
        Options.Proxy = new WebProxy(proxy.Address);
        Options.HttpMessageHandlerFactory = own => new CarriedRequests([], own);

        var error = await Assert.ThrowsAsync<HubClientException>(() => OpenRoom().SayAsync("Hello", CancellationToken));

        Assert.Contains(proxy.Address.Authority, error.Message, StringComparison.Ordinal);
    }

    internal static X509Certificate2 CreateCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var created = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), null);
    }
}
