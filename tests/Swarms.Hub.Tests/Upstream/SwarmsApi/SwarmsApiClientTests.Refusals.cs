using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class SwarmsApiClientTests
{
    [Theory]
    [InlineData(400, """{"detail":"Prompt is too long."}""", "upstream_rejected", "Prompt is too long.")]
    [InlineData(401, "", "upstream_rejected", "The upstream answered with status 401.")]
    [InlineData(402, """{"detail": "Insufficient credits."}""", "upstream_rejected", "Insufficient credits.")]
    [InlineData(
        403,
        """{"error":{"type":"premium_access_required","message":"Premium subscription required","detail":"Access requires more"}}""",
        "upstream_rejected",
        "Premium subscription required: Access requires more")]
    [InlineData(
        422,
        """{"detail":[{"loc":["body","agents",0],"msg":"Field required","type":"missing"},{"loc":["body"],"msg":"Bad"}]}""",
        "upstream_rejected",
        "body.agents.0: Field required; body: Bad")]
    [InlineData(
        422,
        """{"detail":[{"msg":"1"},{"msg":"2"},{"msg":"3"},{"msg":"4"},{"msg":"5"},{"msg":"6"},7]}""",
        "upstream_rejected",
        "1; 2; 3; 4; 5; and 2 more")]
    [InlineData(429, """{"detail":"Rate limit exceeded"}""", "upstream_rejected", "Rate limit exceeded. Retry after 30 seconds.")]
    [InlineData(500, """{"detail":"AgentCompletionError: broken"}""", "upstream_error", "AgentCompletionError: broken")]
    [InlineData(502, "<html>", "upstream_error", "The upstream answered with status 502.")]
    [InlineData(503, """{"detail":null}""", "upstream_error", "The upstream answered with status 503.")]
    [InlineData(504, """{"detail":""", "upstream_error", "The upstream answered with status 504.")]
    public async Task Refusal_Is_Told_In_The_Upstreams_Words_And_Passes_On_As_It_Is(int status, string body, string code, string message)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(status, "application/json").Header("Retry-After", "30").Header("X-RateLimit-Tier", "free").Body(body);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync();

        Assert.Equal((code, message), (refused.Code, refused.Message));
        Assert.NotNull(refused.Refusal);
        Assert.Equal(status, refused.Refusal.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(refused.Refusal.Body.Span));
        Assert.Equal(body.Length == 0 ? null : "application/json", refused.Refusal.ContentType);
        Assert.Equal(["Retry-After 30", "X-RateLimit-Tier free"], refused.Refusal.Headers.Select(header => $"{header.Key} {header.Value}"));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_Is_A_Refusal_And_The_Key_Does_Not_Follow_It(int status)
    {
        await using var elsewhere = await ScriptedUpstream.StartAsync();
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(status, "").Header("Location", new Uri(elsewhere.BaseAddress, "v1/agent/completions").ToString());
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync();
        Assert.Equal("upstream_rejected", refused.Code);
        Assert.Null(refused.Refusal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("", true)]
    [InlineData("text/event-stream", false)]
    public async Task Answer_Of_Another_Kind_Is_An_Error_Of_The_Upstream(string contentType, bool isStreamed)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, contentType).Body("<html>");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync(isStreamed: isStreamed);
        Assert.Equal("upstream_error", refused.Code);
        Assert.Null(refused.Refusal);
    }

    [Fact]
    public async Task Answer_That_Is_Encoded_Is_An_Error_Of_The_Upstream()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Header("Content-Encoding", "gzip").Body("x");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        Assert.Equal("upstream_error", (await client.RefusalAsync()).Code);
    }

    [Fact]
    public async Task Refusal_With_A_Giant_Body_Keeps_Its_Status_Without_It()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(400, "application/json").Body($"{{\"detail\": \"{new string('x', 2000)}\"}}");
        await using var client = new ClientUnderTest(upstream.BaseAddress, null, ("Upstream:MaxRefusalBytes", "1024"));
        var refused = await client.RefusalAsync();
        Assert.Equal("The upstream answered with status 400.", refused.Message);
        Assert.Equal((400, true, null), (refused.Refusal!.Status, refused.Refusal.Body.IsEmpty, refused.Refusal.ContentType));
    }

    [Fact]
    public async Task Refusal_Whose_Body_Breaks_Off_Keeps_Its_Status()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Raw("HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"detail\"").HalfClose();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync();
        Assert.Equal(("upstream_error", 503), (refused.Code, refused.Refusal!.Status));
    }
}
