using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class SwarmsApiClientTests
{
    private const string Chunk = "event: chunk\ndata: {\"content\": \"half\"}\n\n";

    [Fact]
    public async Task Port_Where_Nobody_Listens_Is_Unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var client = new ClientUnderTest(new Uri($"http://127.0.0.1:{port}"));
        await IsUnreachable(client, "No connection to the upstream can be made.");
    }

    [Fact]
    public async Task Name_That_Does_Not_Exist_Is_Unreachable()
    {
        await using var client = new ClientUnderTest(new Uri("http://upstream.invalid"));
        await IsUnreachable(client, "The upstream's host name is not known.");
    }

    [Fact]
    public async Task Certificate_That_Nobody_Signed_Is_Unreachable()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var upstream = await ScriptedUpstream.StartAsync(certificate);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await IsUnreachable(
            client, "No secure connection to the upstream can be made: its certificate or its TLS version was not accepted.");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Connection_That_Is_Not_Made_In_Time_Is_Unreachable()
    {
        // The listener takes the connection and never answers the TLS handshake.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var client = new ClientUnderTest(
            new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), null, ("Upstream:ConnectTimeout", "00:00:00.2"));
        await IsUnreachable(client, "No connection to the upstream was made within 0.2 seconds.");
    }

    [Fact]
    public async Task Connection_That_Closes_Without_An_Answer_Is_An_Error_And_Is_Not_Tried_Again()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Reset();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync();
        Assert.Equal(("upstream_error", "The upstream closed the connection without an answer."), (refused.Code, refused.Message));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task Kept_Connection_That_Closes_Without_An_Answer_Is_Not_Tried_Again()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(400, "application/json").Body("{}");
        upstream.Answer().Reset();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        Assert.Equal("upstream_rejected", (await client.RefusalAsync()).Code);
        Assert.Equal("upstream_error", (await client.RefusalAsync()).Code);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task Answer_That_Is_No_Http_Is_An_Error()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Raw("SSH-2.0-Nothing\r\n\r\n").Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        Assert.Equal(("upstream_error", "The upstream's answer is not valid HTTP."), await CodeAndMessage(client));
    }

    [Fact]
    public async Task Connection_That_Is_Reset_Within_The_Stream_Truncates_It()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var seen = new TaskCompletionSource();
        upstream.Answer().Body(Chunk).WaitFor(seen.Task).Reset();
        await EndsWith(upstream, seen, "upstream_truncated");
    }

    [Fact]
    public async Task Connection_That_Is_Half_Closed_Within_The_Stream_Truncates_It()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var seen = new TaskCompletionSource();
        upstream.Answer().Body(Chunk).WaitFor(seen.Task).HalfClose();
        await EndsWith(upstream, seen, "upstream_truncated");
    }

    [Fact]
    public async Task Stream_That_Ends_Properly_Without_Done_Is_Truncated()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var seen = new TaskCompletionSource();
        upstream.Answer().Body(Chunk).WaitFor(seen.Task);
        await EndsWith(upstream, seen, "upstream_truncated");
    }

    [Fact]
    public async Task Garbage_In_The_Transfer_Is_An_Error()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var seen = new TaskCompletionSource();
        upstream.Answer().Body(Chunk).WaitFor(seen.Task).Raw("no size of a chunk\r\n\r\n").Hang();
        await EndsWith(upstream, seen, "upstream_error");
    }

    [Fact]
    public async Task Cancelling_Stops_The_Upstream_While_It_Thinks()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        using var cancellation = new CancellationTokenSource();
        var sending = client.SendAsync(cancellationToken: cancellation.Token);
        await answer.Requested.InTime();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Cancelling_Stops_The_Upstream_While_It_Speaks()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Body(Chunk).Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync();
        using var cancellation = new CancellationTokenSource();
        await using var frames = response.ReadFramesAsync(cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await frames.MoveNextAsync().InTime());
        var next = frames.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.InTime());
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Disposing_The_Answer_Stops_The_Upstream_Although_Nobody_Reads()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer().Body(Chunk).Hang();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await (await client.SendAsync()).DisposeAsync();
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Token_That_Is_Cancelled_Already_Sends_Nothing()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendAsync(cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(upstream.Requests);
    }

    private static async Task EndsWith(ScriptedUpstream upstream, TaskCompletionSource seen, string code)
    {
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync();
        await using var frames = response.ReadFramesAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await frames.MoveNextAsync().InTime());
        Assert.Equal("half", frames.Current.Event!.Text);
        seen.SetResult();

        Assert.True(await frames.MoveNextAsync().InTime());
        Assert.Null(frames.Current.Raw);
        Assert.Equal("error", frames.Current.Event!.Type);
        Assert.Equal(code, Data(frames.Current).GetProperty("code").GetString());
        Assert.False(await frames.MoveNextAsync().InTime());
    }

    private static async Task IsUnreachable(ClientUnderTest client, string message) =>
        Assert.Equal(("upstream_unreachable", message), await CodeAndMessage(client));

    private static async Task<(string Code, string Message)> CodeAndMessage(ClientUnderTest client)
    {
        var refused = await client.RefusalAsync();
        Assert.Null(refused.Refusal);
        return (refused.Code, refused.Message);
    }
}
