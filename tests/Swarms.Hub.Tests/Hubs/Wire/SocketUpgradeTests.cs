using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs.Wire;

public sealed class SocketUpgradeTests
{
    [Fact]
    public async Task Nothing_Overtakes_The_Answer_To_The_Upgrade()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var kestrel = new KestrelStream();
        await using var stream = await new SocketUpgrade(new Upgrade(kestrel), socket).UpgradeAsync();

        await stream.WriteAsync("early"u8.ToArray(), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[KestrelStream.Said.Length], TestContext.Current.CancellationToken);
        await stream.WriteAsync("late"u8.ToArray(), TestContext.Current.CancellationToken);

        var received = new byte[4];
        await client.GetStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken);
        Assert.Equal("early", Encoding.UTF8.GetString(kestrel.Written.ToArray()));
        Assert.Equal("late", Encoding.UTF8.GetString(received));
    }

    [Fact]
    public async Task Client_That_Is_Gone_Fails_The_Write_And_Not_The_Upgrade()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await using var stream = await new SocketUpgrade(new Upgrade(new KestrelStream()), socket).UpgradeAsync();
        await stream.ReadExactlyAsync(new byte[KestrelStream.Said.Length], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(
            async () => await stream.WriteAsync("late"u8.ToArray(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebSocket_Is_Written_To_The_Socket_Itself_Unless_It_Is_Encrypted(bool isEncrypted)
    {
        using var certificate = isEncrypted ? CreateCertificate() : null;
        var wasDirect = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Serve(certificate, wasDirect);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback =
            (_, given, _, _) => given?.GetCertHashString() == certificate?.GetCertHashString();

        await client.ConnectAsync(
            new Uri(server.Urls.Single().Replace("http", "ws", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Assert.Equal(!isEncrypted, await wasDirect.Task.InTime());
        var sent = new byte[200_000];
        Random.Shared.NextBytes(sent);
        var sending = client.SendAsync(sent, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        var echoed = new byte[sent.Length];
        for (var read = 0; read < echoed.Length;)
            read += (await client.ReceiveAsync(echoed.AsMemory(read), TestContext.Current.CancellationToken)).Count;

        await sending;
        Assert.Equal(sent, echoed);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }

    private static WebApplication Serve(X509Certificate2? certificate, TaskCompletionSource<bool> wasDirect)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<HubShutdown>().AddSingleton(TimeProvider.System);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = builder.Build();
        var endpoint = server.Map("/", async context =>
        {
            wasDirect.SetResult(context.Features.Get<IHttpUpgradeFeature>() is SocketUpgrade);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[16_384];
            var aborted = context.RequestAborted;
            while (await socket.ReceiveAsync(buffer.AsMemory(), aborted) is { MessageType: not WebSocketMessageType.Close } received)
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, aborted);

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        ((IEndpointConventionBuilder)endpoint).Add(HubWebSockets.Keep);
        return server;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private sealed class Upgrade(Stream stream) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => Task.FromResult(stream);
    }

    // The stream reads the client's bytes and keeps written bytes apart.
    private sealed class KestrelStream() : MemoryStream(Said)
    {
        public static byte[] Said => "the client has read the answer"u8.ToArray();

        public List<byte> Written { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written.AddRange(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}
