using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.Chat;

namespace Swarms.Hub.Upstream;

public sealed class UpstreamRouterTests
{
    private static readonly (string, string)[] Two =
    [
        ("Upstream:Kind", "simulator"),
        ("Upstreams:lab:Kind", "ollama"), ("Upstreams:lab:Models:0", "llama3"), ("Upstreams:lab:Models:1", "qwen3"),
        ("Upstreams:open:Kind", "openai"), ("Upstreams:open:BaseAddress", "http://localhost:1/v1"),
    ];

    [Theory]
    [InlineData("llama3", "lab")]
    [InlineData("lab/llama3", "lab")]
    [InlineData("LAB/qwen3", "lab")]
    [InlineData("open/gpt-9", "open")]
    [InlineData("open/org/model", "open")]
    [InlineData("gpt-4.1", "default")]
    [InlineData("groq/llama3", "default")]
    [InlineData("open/", "default")]
    [InlineData("/llama3", "default")]
    [InlineData("lab/other", null)]
    public async Task Model_Chooses_The_Upstream_That_Lists_It_Or_Whose_Name_It_Begins_With(string model, string? upstream)
    {
        await using var services = ChatUnderTest.Compose(null, Two);

        Assert.Equal(upstream, services.GetRequiredService<UpstreamRouter>().FindUpstream(model));
    }

    [Fact]
    public async Task Name_Before_The_Slash_Is_Cut_And_Nothing_Else_Changes()
    {
        await using var server = await ScriptedUpstream.StartAsync();
        server.Answer(400, "application/json").Body("{}");
        await using var services = ChatUnderTest.Compose(
            null, ("Upstream:Kind", "simulator"), ("Upstreams:far:Kind", "swarms"), ("Upstreams:far:ApiKey", "key-of-far"),
            ("Upstreams:far:BaseAddress", server.BaseAddress.ToString()));
        const string Body = """{ "task":"ü \u00e4", "agents":[{"model_name":"far/m1","x":1},{"model_name" : "far/m\u0032"}],"y":[1.0] }""";

        await Assert.ThrowsAsync<UpstreamException>(() => services.GetRequiredService<IUpstream>().SendAsync(
            new("swarm", Encoding.UTF8.GetBytes(Body), IsStreamed: false), TestContext.Current.CancellationToken));

        Assert.Equal(
            """{ "task":"ü \u00e4", "agents":[{"model_name":"m1","x":1},{"model_name" : "m2"}],"y":[1.0] }""",
            Encoding.UTF8.GetString(Assert.Single(server.Requests).Body.Span));
    }

    [Theory]
    [InlineData("agent", """{"agent_config":{"model_name":"lab/none"},"task":"t"}""",
        "There is no model 'lab/none' here. There are: llama3, qwen3, open/….")]
    [InlineData("swarm", """{"agents":[{"model_name":"llama3"}],"task":"t"}""",
        "A swarm runs on the Swarms API only, and this one's models belong to lab (ollama). "
        + "Start its agents one by one, or give them models of the Swarms API.")]
    [InlineData("swarm", """{"agents":[{"model_name":"m"},{"model_name":"open/m"}],"task":"t"}""",
        "The agents of a swarm share one upstream, but these have models of default and open.")]
    [InlineData("agent", """{"agent_config":{"model_name":"llama3","mcp_url":"http://x"},"task":"t"}""",
        "agent_config.mcp_url works with the Swarms API only. Leave it out, or choose a model of that upstream.")]
    [InlineData("agent", """{"agent_config":{"model_name":"llama3","max_loops":3},"task":"t"}""",
        "agent_config.max_loops must be 1, or be left out: this upstream answers once.")]
    [InlineData("agent", """{"agent_config":{},"task":"t"}""", null)]
    [InlineData("swarm", """{"agents":[],"task":"t"}""", null)]
    [InlineData("agent", """{"agent_config":{"model_name":"llama3"},"task":"t"}""", null)]
    public async Task Request_That_No_Upstream_Takes_Is_Refused_With_A_Sentence(string kind, string body, string? refusal)
    {
        await using var services = ChatUnderTest.Compose(null, Two);

        Assert.Equal(refusal, services.GetRequiredService<UpstreamRouter>().Refuse(kind, Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public async Task Default_That_Lists_Its_Models_Takes_No_Other()
    {
        await using var services = ChatUnderTest.Compose(
            null, ("Upstream:Kind", "ollama"), ("Upstream:Models", string.Join(';', Enumerable.Range(1, 25).Select(at => $"m{at}"))));
        var router = services.GetRequiredService<UpstreamRouter>();

        var refusal = router.Refuse("agent", """{"agent_config":{"model_name":"x"},"task":"t"}"""u8.ToArray());
        Assert.StartsWith("There is no model 'x' here. There are: m1, m2,", refusal, StringComparison.Ordinal);
        Assert.EndsWith("m20, and 5 more.", refusal, StringComparison.Ordinal);
        Assert.StartsWith(
            "agent_config.model_name is missing", router.Refuse("agent", """{"task":"t"}"""u8.ToArray()), StringComparison.Ordinal);
        Assert.False(router.IsOpen);
    }

    [Theory]
    [InlineData("Upstreams:lab:Kind is missing: it must be Swarms or Simulator or OpenAi or Ollama or Anthropic.",
        "Upstreams:lab:ApiKey", "k")]
    [InlineData("Upstreams:lab:Kind must be Swarms or Simulator or OpenAi or Ollama or Anthropic, but is 'gemini'.",
        "Upstreams:lab:Kind", "gemini")]
    [InlineData("Upstreams:lab:ApiKey is empty: api.openai.com takes a key. For another server, set Upstreams:lab:BaseAddress.",
        "Upstreams:lab:Kind", "openai")]
    [InlineData("Upstreams:lab:ApiKey is empty: api.anthropic.com takes a key. For another server, set Upstreams:lab:BaseAddress.",
        "Upstreams:lab:Kind", "anthropic")]
    [InlineData("Upstreams:lab:ApiKey is empty: the Swarms API takes a key.", "Upstreams:lab:Kind", "swarms")]
    [InlineData("Upstreams:default must have another name", "Upstreams:default:Kind", "ollama")]
    [InlineData("Upstreams:a b must have a name of 1 to 40 of the signs", "Upstreams:a b:Kind", "ollama")]
    [InlineData("Upstreams:lab is a section: its settings are Upstreams:lab:Kind,", "Upstreams:lab", "ollama")]
    [InlineData("Upstreams:lab:BaseAddress must be an absolute http or https address",
        "Upstreams:lab:Kind", "ollama", "Upstreams:lab:BaseAddress", "lab")]
    [InlineData("The model 'm' is listed by Upstream:Models and Upstreams:lab:Models.",
        "Upstream:Models", "m", "Upstreams:lab:Kind", "ollama", "Upstreams:lab:Models", "m;n")]
    public async Task Setting_That_Cannot_Work_Is_Told_By_Its_Name(string sentence, params string[] settings)
    {
        await using var services = ChatUnderTest.Compose(
            null, [("Upstream:Kind", "simulator"), .. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<UpstreamRouter>());

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Of_The_Swarms_Api_Is_No_Other_Services()
    {
        await using var services = ChatUnderTest.Compose(
            null, ("Upstream:Kind", "ollama"), ("SWARMS_API_KEY", "key-of-swarms"));

        Assert.Null(services.GetRequiredService<IOptions<UpstreamOptions>>().Value.ApiKey);
        Assert.Equal(new UpstreamDescription("ollama", "localhost:11434"), services.GetRequiredService<IUpstream>().Description);
    }
}
