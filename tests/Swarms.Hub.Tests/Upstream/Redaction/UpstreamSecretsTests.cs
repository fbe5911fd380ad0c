using System.Text;
using System.Text.Json;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream;

public sealed class UpstreamSecretsTests
{
    private const string Request = """
        {
          "task": "a",
          "agent_config": {
            "mcp_config": {"authorization_token": "tok-agent-1", "headers": {"Authorization": "Bearer hdr-agent-2", "X-Short": "abc"}},
            "mcp_configs": {"connections": [{"authorization_token": "tok-list-3"}]},
            "handoffs": [{"mcp_config": {"headers": {"X-Odd": "q\"uo/te é+4", "X-Word": "question"}}}]
          },
          "agents": [{"mcp_configs": {"connections": [{"headers": {"Cookie": "session-5"}}]}}, {"\ud83e": "\ud83e"}]
        }
        """;

    private static readonly UpstreamSecrets Secrets = UpstreamSecrets.Of(ClientUnderTest.Key, Encoding.UTF8.GetBytes(Request));

    [Theory]
    [InlineData(ClientUnderTest.Key)]
    [InlineData("tok-agent-1")]
    [InlineData("hdr-agent-2")]
    [InlineData("Bearer hdr-agent-2")]
    [InlineData("tok-list-3")]
    [InlineData("q\"uo/te é+4")]
    [InlineData("session-5")]
    public async Task Secret_Is_Taken_Out_Of_Whatever_A_Stream_Says(string secret)
    {
        // .NET, Python and PHP each escape it in their own way.
        var php = Python(secret).Replace("/", "\\/", StringComparison.Ordinal);
        foreach (var written in (string[])[JsonSerializer.Serialize(secret), Python(secret), php])
        {
            var inside = written[1..^1];
            var frames = await Reading.Frames(
                new ChoppedStream(
                    Encoding.UTF8.GetBytes(
                        $"event: metadata\ndata: {{\"job_id\": {written}, \"name\": {written}}}\n\n"
                        + $"event: chunk\ndata: {{\"content\": \"<{inside}> {inside}\", \"agent\": {written}}}\n\n"
                        + $"event: mood\ndata: {{\"X {inside}\": [{{\"b\": {written}, \"n\": 1.50}}]}}\n\n"
                        + $"event: mood\ndata: no json: {secret}\n\n"
                        + $"event: agent_start\ndata: {{\"agent\": {written}}}\n\n"
                        + $"event: error\ndata: {{\"error\": {written}}}\n\n"),
                    () => int.MaxValue),
                secrets: Secrets);

            Assert.Equal(
                [
                    """metadata {"jobId":"[redacted]","name":"[redacted]"}""",
                    """chunk {"content":"<[redacted]> [redacted]","agent":"[redacted]"}""",
                    """mood {"X [redacted]":[{"b":"[redacted]","n":1.50}]}""",
                    """mood {"text":"no json: [redacted]"}""",
                    """agent_start {"agent":"[redacted]"}""",
                    """error {"code":"upstream_error","message":"[redacted]"}""",
                ],
                frames.Shown());
            Assert.All(frames, frame => Assert.DoesNotContain(secret, frame.Raw!.Data, StringComparison.Ordinal));
            Assert.All(frames, frame => Assert.DoesNotContain(inside, frame.Raw!.Data, StringComparison.Ordinal));
            Assert.Equal("<[redacted]> [redacted]", frames.Text());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task Secret_Is_Taken_Out_Wherever_A_Stream_Cuts_It(int length)
    {
        foreach (var secret in (string[])[ClientUnderTest.Key, "Bearer hdr-agent-2", "q\"uo/te é+4"])
        {
            var pieces = secret.Chunk(length).Select(piece => new string(piece)).ToArray();
            var stream = string.Concat(((string[])["The key is ", .. pieces, ", and ", .. pieces]).Select(piece =>
                $"event: chunk\ndata: {{\"content\": {JsonSerializer.Serialize(piece)}}}\n\nevent: mood\ndata: {{}}\n\n"));
            foreach (var end in (string[])["", "event: done\ndata: {}\n\n", "event: error\ndata: {\"error\": \"x\"}\n\n"])
            {
                var frames = await Reading.Frames(
                    new ChoppedStream(Encoding.UTF8.GetBytes(stream + end), () => int.MaxValue), secrets: Secrets);
                Assert.Equal("The key is [redacted], and [redacted]", frames.Text());
                Assert.Equal("The key is [redacted], and [redacted]", RelayedText(frames));
            }
        }
    }

    [Fact]
    public async Task Secret_Is_Taken_Out_Of_The_Text_Of_Each_Agent()
    {
        var pieces = ClientUnderTest.Key.Chunk(4).Select(piece => new string(piece)).ToArray();
        var stream = string.Concat(pieces.Select(piece =>
            $"event: chunk\ndata: {{\"content\": \"{piece}\", \"agent\": \"A\"}}\n\n"
            + $"event: chunk\ndata: {{\"content\": \"{piece}\", \"agent\": \"B\"}}\n\n"));
        var frames = await Reading.Frames(new ChoppedStream(Encoding.UTF8.GetBytes(stream), () => int.MaxValue), secrets: Secrets);
        Assert.Equal(
            ["""chunk {"content":"[redacted]","agent":"A"}""", """chunk {"content":"[redacted]","agent":"B"}"""],
            frames.Shown().Where(shown => shown.StartsWith("chunk", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_Only_Began_Like_A_Secret_Comes_Before_The_Agents_End()
    {
        var begin = ClientUnderTest.Key[..4];
        var frames = await Reading.Frames(
            new ChoppedStream(
                Encoding.UTF8.GetBytes(
                    $"event: chunk\ndata: {{\"content\": \"a {begin}\", \"agent\": \"A\"}}\n\n"
                    + "event: agent_end\ndata: {\"agent\": \"A\"}\n\nevent: usage\ndata: {}\n\n"
                    + $"data: {{\"content\": \"b {begin}\"}}\n\nevent: done\ndata: {{}}\n\n"),
                () => int.MaxValue),
            secrets: Secrets);
        Assert.Equal(
            ["chunk", "chunk", "agent_end", "usage", "chunk", "chunk", "done"], frames.Select(frame => frame.Event!.Type));
        Assert.Equal($"a {begin}b {begin}", frames.Text());
        Assert.Equal($"a {begin}b {begin}", RelayedText(frames));
        Assert.Equal(["chunk", "chunk", "agent_end", "usage", null, null, "done"], frames.Select(frame => frame.Raw!.Name));
    }

    [Fact]
    public void Credentials_That_Are_Too_Many_Are_Refused()
    {
        var headers = Enumerable.Range(0, 150_000).ToDictionary(i => $"h{i}", i => $"secret-{i:000000}");
        var request = JsonSerializer.SerializeToUtf8Bytes(new { task = "a", headers });
        Assert.Equal("too_large", Assert.Throws<UpstreamException>(() => UpstreamSecrets.Of(null, request)).Code);
    }

    [Fact]
    public void Secret_Is_Found_Beside_Bytes_That_Are_No_Text()
    {
        byte[] request = [.. "{\"x\":\""u8, 0xff, .. "\",\"token\":\"tok-bytes-7\"}"u8];
        Assert.Equal("[redacted]", UpstreamSecrets.Of(null, request).Redact("tok-bytes-7"));
    }

    [Fact]
    public void Many_Credentials_Are_Found()
    {
        var headers = Enumerable.Range(0, 60_000).ToDictionary(i => $"h{i}", i => $"secret-{i:000000}");
        var secrets = UpstreamSecrets.Of(null, JsonSerializer.SerializeToUtf8Bytes(new { task = "a", headers }));
        Assert.Equal("a [redacted] b secret-99999 [redacted]", secrets.Redact("a secret-000000 b secret-99999 secret-059999"));
    }

    [Fact]
    public async Task Header_Whose_Value_Is_A_Word_Does_Not_Break_The_Upstreams_Fields()
    {
        var frames = await Reading.Frames(
            new ChoppedStream("event: chunk\ndata: {\"content\": \"a question b\", \"question\": 5}\n\n"u8.ToArray(), () => int.MaxValue),
            secrets: Secrets);
        Assert.Equal("a [redacted] b", frames.Text());
        Assert.Equal("{\"content\":\"a [redacted] b\",\"question\":5}", frames[0].Raw!.Data);
    }

    [Fact]
    public void Secret_Is_Found_However_Deep_The_Request_Holds_It()
    {
        var request = string.Concat(Enumerable.Repeat("{\"handoffs\":[", 30))
            + "{\"authorization_token\":\"tok-deep-6\"}"
            + string.Concat(Enumerable.Repeat("]}", 30));
        Assert.Equal("[redacted]", UpstreamSecrets.Of(null, Encoding.UTF8.GetBytes(request)).Redact("tok-deep-6"));
    }

    [Fact]
    public void Short_Values_And_Other_Text_Are_Left_Alone()
    {
        ReadOnlyMemory<byte> body = "{ \"detail\": \"abc é\" }"u8.ToArray();
        Assert.Equal("abc é", Secrets.Redact("abc é"));
        Assert.True(body.Equals(Secrets.Redact(body)));
    }

    [Fact]
    public async Task Key_Is_Taken_Out_Of_A_Refusal_Its_Headers_And_Its_Sentence()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(429, "application/json")
            .Header("Retry-After", $"{ClientUnderTest.Key}")
            .Body($"{{\"detail\": \"Invalid key {ClientUnderTest.Key} or tok-agent-1\"}}");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync(Request);
        Assert.Equal("Invalid key [redacted] or [redacted]. Retry after [redacted].", refused.Message);
        Assert.Equal("{\"detail\":\"Invalid key [redacted] or [redacted]\"}", Encoding.UTF8.GetString(refused.Refusal!.Body.Span));
        Assert.Equal("[redacted]", Assert.Single(refused.Refusal.Headers).Value);
    }

    [Fact]
    public async Task Key_Is_Taken_Out_Of_A_Refusal_That_Is_No_Json()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(500, "text/plain").Body($"Key {ClientUnderTest.Key}!");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        Assert.Equal("Key [redacted]!", Encoding.UTF8.GetString((await client.RefusalAsync()).Refusal!.Body.Span));
    }

    [Fact]
    public async Task Key_Is_Taken_Out_Of_An_Answer_In_Json()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json").Body($"{{\"outputs\": [{{\"content\": \"{ClientUnderTest.Key}\"}}]}}");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync(isStreamed: false);
        Assert.Equal("{\"outputs\":[{\"content\":\"[redacted]\"}]}", Encoding.UTF8.GetString(response.Json!.Value.Span));
        Assert.Equal("[redacted]", (await response.Frames()).Text());
    }

    private static string RelayedText(IEnumerable<UpstreamFrame> frames) => string.Concat(frames
        .Where(frame => frame.Raw is { Name: "chunk" or null })
        .Select(frame => JsonElement.Parse(frame.Raw!.Data).GetProperty("content").GetString()));

    /// <summary>Escapes every character beyond ASCII in lower-case hexadecimal, and no other.</summary>
    private static string Python(string text) => "\"" + string.Concat(text.Select(unit => unit switch
    {
        '"' => "\\\"",
        > '~' => $"\\u{(int)unit:x4}",
        _ => unit.ToString(),
    })) + "\"";
}
