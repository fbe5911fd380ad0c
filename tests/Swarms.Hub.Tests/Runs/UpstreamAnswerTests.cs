using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Refusals, redirects, odd paces and sizes, against a whole hub with viewers.</summary>
public sealed class UpstreamAnswerTests(FaultyUpstreams hubs) : IClassFixture<FaultyUpstreams>
{
    private const string Words = $$"""{"detail": "Not with {{ScriptedHub.ApiKey}}"}""";

    [Theory]
    [InlineData(429, "Retry-After: 30\r\n", ErrorCodes.UpstreamRejected, "Retry after 30 seconds.")]
    [InlineData(
        429, "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n", ErrorCodes.UpstreamRejected, "Retry after Wed, 21 Oct 2026 07:28:00 GMT.")]
    [InlineData(429, "", ErrorCodes.UpstreamRejected, "")]
    [InlineData(402, "", ErrorCodes.UpstreamRejected, "")]
    [InlineData(503, "Retry-After: 30\r\n", ErrorCodes.UpstreamError, "")]
    [InlineData(503, "", ErrorCodes.UpstreamError, "")]
    public async Task Refusal_Is_The_Runs_Error_In_The_Upstreams_Words(int status, string headers, string code, string wait)
    {
        var error = await EndsAsync(hubs.Patient, connection => connection.SendAsync(
            $"HTTP/1.1 {status} No\r\nContent-Type: application/json\r\n{headers}Connection: close\r\nContent-Length: "
            + $"{Words.Length}\r\n\r\n{Words}"));

        Assert.Equal(code, error.Code);
        Assert.StartsWith("Not with ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(wait, error.Message, StringComparison.Ordinal);
        Assert.Equal(wait.Length > 0, error.Message.Contains("Retry after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_Whose_Body_Never_Ends_Is_Told_By_Its_Status_Alone()
    {
        var error = await EndsAsync(hubs.Patient, async connection =>
        {
            await connection.SendAsync("HTTP/1.1 403 No\r\nContent-Type: application/json\r\n\r\n");
            await connection.SendForeverAsync(new string(' ', 0x4000));
        });

        Assert.Equal((ErrorCodes.UpstreamRejected, "The upstream answered with status 403."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"detail\":")]
    public async Task Refusal_Whose_Body_Stops_Coming_Is_Told_By_Its_Status_Alone(string begun)
    {
        var error = await EndsAsync(hubs.Impatient, connection => connection.SendAsync(
            $"HTTP/1.1 403 No\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{begun}"));

        Assert.Equal((ErrorCodes.UpstreamRejected, "The upstream answered with status 403."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_Ends_The_Run_And_Nothing_Follows_It(int status)
    {
        using var elsewhere = new RawUpstream();
        var error = await EndsAsync(hubs.Patient, connection => connection.SendAsync(
            $"HTTP/1.1 {status} Elsewhere\r\nLocation: {elsewhere.Address()}v1/agent/completions\r\nConnection: "
            + "close\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(ErrorCodes.UpstreamRejected, error.Code);
        Assert.Contains("redirect", error.Message, StringComparison.Ordinal);
        Assert.False(elsewhere.HasCaller);
    }

    [Fact]
    public async Task Headers_That_Take_Longer_Than_The_Idle_Timeout_End_The_Run()
    {
        var error = await EndsAsync(hubs.Impatient, connection => connection.TrickleAsync(RawHub.Head[..^2], "X-Header: x\r\n"));

        Assert.Equal(ErrorCodes.UpstreamIdle, error.Code);
    }

    [Fact]
    public async Task Answer_That_Comes_Byte_By_Byte_Is_Whole()
    {
        const string Text = "Größe 漢字 🤖";
        var answer = Encoding.UTF8.GetBytes(
            (Sse.Chunk("x").Replace("x", Text, StringComparison.Ordinal) + Sse.Usage + Sse.Done)
                .Replace("\n", "\r\n", StringComparison.Ordinal));
        var run = await PlayAsync(hubs.Patient, async connection =>
        {
            foreach (var one in Encoding.Latin1.GetBytes(RawHub.Head).Concat(answer))
                await connection.SendAsync(new[] { one });
        });

        Assert.Equal((EventTypes.Done, Text, 150), (run.State, run.Text, run.Usage?.TotalTokens));
    }

    [Fact]
    public async Task Chunk_Of_300_Kilobytes_Reaches_Every_Viewer_Whole_Between_Small_Ones()
    {
        var large = string.Concat(Enumerable.Range(0, 50_000).Select(n => $"{n % 100_000:D6}"));
        var run = await PlayAsync(hubs.Patient, connection =>
            connection.SendAsync(RawHub.Head + Sse.Chunk("a") + Sse.Chunk(large) + Sse.Chunk("z") + Sse.Done));

        Assert.Equal((EventTypes.Done, $"a{large}z", 300_002), (run.State, run.Text, run.Bytes));
    }

    [Fact]
    public async Task Chunk_Of_300_Kilobytes_That_Breaks_Off_Is_Not_Shown_At_All()
    {
        var run = await PlayAsync(hubs.Patient, async connection =>
        {
            await connection.SendAsync(RawHub.Head + Sse.Chunk("a") + Sse.Chunk(new string('x', 300_000))[..200_000]);
            connection.HalfClose();
        });

        Assert.Equal((EventTypes.Error, ErrorCodes.UpstreamTruncated, "a"), (run.State, run.Error?.Code, run.Text));
    }

    [Fact]
    public async Task Upstream_With_A_Certificate_That_Nobody_Signed_Is_Sent_Nothing()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var upstream = await ScriptedUpstream.StartAsync(certificate);
        await using var hub = HubUnderTest.Start(
            ("Upstream:BaseAddress", upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey));
        var host = await hub.CreateRoomAsync();
        var run = await host.StartAsync();

        await host.EndsOnceAsync(run.Id);

        Assert.Equal(ErrorCodes.UpstreamUnreachable, (await host.FindAsync(run.Id)).Error?.Code);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Upstream_That_Takes_The_Connection_And_Says_Nothing_Of_Tls_Is_Unreachable_After_The_Connect_Timeout()
    {
        using var mute = new RawUpstream();
        await using var hub = HubUnderTest.Start(
            ("Upstream:BaseAddress", mute.Address("https").ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey),
            ("Upstream:ConnectTimeout", "00:00:00.3"));
        var host = await hub.CreateRoomAsync();
        var run = await host.StartAsync();
        using var connection = await mute.AcceptAsync();
        connection.Watch();

        await host.EndsOnceAsync(run.Id);

        Assert.Equal(ErrorCodes.UpstreamUnreachable, (await host.FindAsync(run.Id)).Error?.Code);
        await RawHub.LetsGoAsync(connection);
        Assert.False(mute.HasCaller);
    }

    private static async Task<RunError> EndsAsync(RawHub hub, Func<RawConnection, Task> answer)
    {
        var run = await PlayAsync(hub, answer);
        Assert.Equal((EventTypes.Error, ""), (run.State, run.Text));
        return run.Error!;
    }

    /// <summary>Plays the answer and returns the run, which must be the same for viewers over both transports and in the hub.</summary>
    private static async Task<Run> PlayAsync(RawHub hub, Func<RawConnection, Task> answer)
    {
        var host = await hub.Hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        await using var feed = await FeedReader.OpenAsync(host);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        var answering = answer(connection);

        var ended = await viewer.EndOfAsync(run.Id);
        await RawHub.LetsGoAsync(connection);
        await answering.InTime();
        await feed.UntilEndOfAsync(run.Id);
        await host.EndsOnceAsync(run.Id);
        Assert.Equal(ended, await host.FindAsync(run.Id));
        Assert.DoesNotContain(ScriptedHub.ApiKey, JsonSerializer.Serialize(viewer.Frames), StringComparison.Ordinal);
        await hub.WorksAsync(host);
        return ended;
    }
}
