
namespace Swarms.Hub.Runs;

public sealed class SecretsOfRunsTests
{
    private const string ToolToken = "tool-token-8c2b51aa";
    private const string HeaderToken = "header-token-77e0d3f4";

    private static readonly object Request = new
    {
        agent_config = new
        {
            agent_name = "Writer",
            mcp_config = new
            {
                url = "https://tools.example.org",
                authorization_token = ToolToken,
                headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {HeaderToken}" },
            },
        },
        task = "Tell a story",
    };

    [Fact]
    public async Task Secrets_Reach_The_Upstream_And_Nobody_Else()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        // The upstream quotes everything that it was given.
        scripted.Upstream.Answer()
            .Body($"event: metadata\ndata: {{\"job_id\": \"{ToolToken}\", \"name\": \"{ScriptedHub.ApiKey}\"}}\n\n")
            .Body($"event: debug\ndata: {{\"headers\": \"{HeaderToken}\"}}\n\n")
            .Body(Sse.Chunk($"I was given {ToolToken}, {HeaderToken} and {ScriptedHub.ApiKey}."))
            .Body($"event: error\ndata: {{\"error\": \"{ToolToken} is no key of {ScriptedHub.ApiKey}\"}}\n\n");
        scripted.Upstream.Answer(401, "application/json").Body($"{{\"detail\": \"Not {ScriptedHub.ApiKey}, nor {HeaderToken}\"}}");

        var quoted = await scripted.Host.StartAsync(Request);
        await scripted.Host.EndsOnceAsync(quoted.Id);
        var refused = await scripted.Host.StartAsync(Request);
        await scripted.Host.EndsOnceAsync(refused.Id);

        var sent = scripted.Upstream.Requests[0];
        Assert.Equal(ScriptedHub.ApiKey, sent.Headers["x-api-key"]);
        Assert.Contains(ToolToken, sent.Json.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            scripted.Host.Token!, sent.Json.GetRawText() + string.Join(' ', sent.Headers.Values), StringComparison.Ordinal);
        foreach (var path in new[]
        {
            "", "/events?after=0&limit=1000", "/runs", $"/runs/{quoted.Id}", $"/runs/{refused.Id}", "/transcript?format=md",
            "/transcript?format=txt",
            "/transcript?format=json", "/transcript?format=html", "/transcript?format=csv", "/transcript?format=replay",
            $"/runs/{quoted.Id}/transcript?format=json",
            $"/runs/{refused.Id}/transcript?format=md",
        })
        {
            var shown = await scripted.Host.GetAsync(scripted.Host.Path + path);
            Assert.Equal(200, shown.Status);
            Assert.All(
                new[] { ToolToken, HeaderToken, ScriptedHub.ApiKey, scripted.Host.Token! },
                secret => Assert.DoesNotContain(secret, shown.Text, StringComparison.Ordinal));
        }

        Assert.Contains("[redacted]", (await scripted.Host.FindAsync(quoted.Id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_Are_Not_Stored()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        var run = await scripted.Host.StartAsync(Request, "k1");
        await scripted.Host.EndsOnceAsync(run.Id);

        await scripted.Hub.StopAsync();

        var stored = string.Concat(
            Directory.GetFiles(Path.GetDirectoryName(scripted.Hub.DatabasePath)!)
                .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("Tell a story", stored, StringComparison.Ordinal);
        Assert.All(
            new[] { ToolToken, HeaderToken, ScriptedHub.ApiKey, scripted.Host.Token! },
            secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
    }
}
