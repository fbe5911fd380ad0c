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
            "handoffs": [{"mcp_config": {"headers": {"X-Odd": "q\"uo/te é+4", "X-Word": "content"}}}]
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

    [Fact]
    public async Task Header_Whose_Value_Is_A_Word_Does_Not_Break_The_Upstreams_Fields()
    {
        var frames = await Reading.Frames(
            new ChoppedStream("event: chunk\ndata: {\"content\": \"a content b\", \"n\": 5}\n\n"u8.ToArray(), () => int.MaxValue),
            secrets: Secrets);
        Assert.Equal("a [redacted] b", frames.Text());
        Assert.Equal("{\"content\":\"a [redacted] b\",\"n\":5}", frames[0].Raw!.Data);
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

    /// <summary>Escapes every character beyond ASCII in lower-case hexadecimal, and no other.</summary>
    private static string Python(string text) => "\"" + string.Concat(text.Select(unit => unit switch
    {
        '"' => "\\\"",
        > '~' => $"\\u{(int)unit:x4}",
        _ => unit.ToString(),
    })) + "\"";
}
