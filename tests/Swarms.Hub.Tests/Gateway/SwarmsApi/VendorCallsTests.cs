using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The 21 calls that the Swarms API's own libraries make, with their paths and bodies. Each is answered as there, or refused with a reason.
/// </summary>
public sealed class VendorCallsTests
{
    private const string Agent = """{"agent_config":{"agent_name":"Writer","model_name":"gpt-4.1"},"task":"Tell a story"}""";
    private const string Swarm = """{"name":"Duo","agents":[{"agent_name":"Writer"},{"agent_name":"Critic"}],"task":"Tell a story"}""";
    private const string Research = """{"config":{"name":"Snow","worker_model_name":"gpt-4.1"},"task":"How does snow form?"}""";

    private const string AgentAnswer =
        """{"job_id":"agent-1","success":true,"name":"Writer","outputs":[{"role":"Writer","content":"Once"}],"usage":{"total_tokens":7}}""";

    private const string SwarmAnswer =
        """{"job_id":"s-1","status":"success","swarm_name":"Duo","output":[{"role":"A","content":"Once"}],"usage":{"total_tokens":9}}""";

    private const string ResearchAnswer =
        """{"id":"r-1","name":"Snow","description":null,"outputs":"It freezes.","sources":3,"characters_per_source":100,"usage":{}}""";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>The calls that are one run: the path, the body, the upstream's answer, and the text that the room sees.</summary>
    public static TheoryData<string, string, string, string> Runs => new()
    {
        { "/v1/agent/completions", Agent, AgentAnswer, "Once" },
        { "/v1/swarm/completions", Swarm, SwarmAnswer, "Once" },
        {
            "/v1/reasoning-agent/completions",
            """{"agent_name":"Thinker","model_name":"gpt-4.1","swarm_type":"reasoning-duo","task":"Why?","max_loops":1,"num_samples":1}""",
            """{"job_id":"j-1","status":"success","outputs":"Because.","agent_name":"Thinker","agent_type":"reasoning-duo","usage":{}}""",
            "Because."
        },
        {
            "/v1/graph-workflow/completions",
            """{"name":"Steps","agents":[{"agent_name":"A"},{"agent_name":"B"}],"edges":[{"source":"A","target":"B"}],"task":"Go"}""",
            """{"job_id":"g-1","name":"Steps","status":"success","outputs":{"A":"One. ","B":"Two."},"usage":{"token_cost":0.5}}""",
            "One. Two."
        },
        {
            "/v1/batched-grid-workflow/completions",
            """{"name":"Grid","agent_completions":[{"agent_name":"A"}],"tasks":["One","Two"],"max_loops":1}""",
            """{"job_id":"b-1","name":"Grid","status":"success","outputs":["First.","Second."],"usage":{}}""",
            "First.Second."
        },
        {
            "/v1/auto-swarm-builder/completions",
            """{"name":"Builder","task":"A team","execution_type":"return-agents","max_tokens":8000,"model_name":"gpt-4.1"}""",
            """{"success":true,"job_id":"a-1","outputs":{"agents":[{"name":"A"}]},"type":"return-agents","usage":{}}""",
            """{"agents":[{"name":"A"}]}"""
        },
        { "/v1/advanced-research/completions", Research, ResearchAnswer, "It freezes." },
    };

    /// <summary>The calls that read a list or figures.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "/v1/models/available", """{"success":true,"count":1,"models":["gpt-4.1"]}""" },
        { "/v1/swarms/available", """{"success":true,"swarm_types":["SequentialWorkflow"]}""" },
        { "/v1/tools/available", """{"status":"success","tools":["auto_search"]}""" },
        { "/v1/reasoning-agent/types", """{"status":"success","agent_types":["reasoning-duo"]}""" },
        { "/v1/auto-swarm-builder/execution-types", """["return-agents"]""" },
        { "/v1/rate/limits", """{"success":true,"tier":"free"}""" },
        { "/v1/usage/costs", """{"usage_pricing":{"search_cost":0.04}}""" },
        { "/v1/account/credits", """{"credit":1.5,"total_credits":2}""" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Call_Is_A_Run_Of_The_Room_And_Its_Answer_The_Upstreams(string path, string body, string answer, string text)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var asked = scripted.Upstream.Answer(contentType: "application/json").Body(answer);

        var given = await scripted.Host.PostTextAsync(path, body);

        Assert.Equal((200, answer, "false"), (given.Status, given.Text, given.Headers["x-should-retry"]));
        var sent = await asked.Requested.InTime();
        Assert.Equal((path, "POST", ScriptedHub.ApiKey), (sent.Path, sent.Method, sent.Headers["x-api-key"]));
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString(sent.Body.Span));
        await scripted.Host.EndsOnceAsync(given.Headers["X-Run-Id"]);
        var run = await scripted.Host.FindAsync(given.Headers["X-Run-Id"]);
        Assert.Equal((EventTypes.Done, text), (run.State, run.Text));
        Assert.Equal(path is "/v1/agent/completions" or "/v1/reasoning-agent/completions" ? RunKinds.Agent : RunKinds.Swarm, run.Kind);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_Is_Read_Once_With_The_Hubs_Key_And_Without_Its_Secrets(string path, string list)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var secret = (list[0] == '[' ? ",\"" : ",\"key\":\"") + ScriptedHub.ApiKey + "\"";
        var asked = scripted.Upstream.Answer(contentType: "application/json").Body(list[..^1] + secret + list[^1]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scripted.Host.GetAsync(path)));

        Assert.All(answers, answer => Assert.StartsWith(list[..^1], answer.Text, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain(ScriptedHub.ApiKey, answer.Text, StringComparison.Ordinal));
        var sent = await asked.Requested.InTime();
        Assert.Equal((path, "GET", ScriptedHub.ApiKey), (sent.Path, sent.Method, sent.Headers["x-api-key"]));
        Assert.Equal(200, (await scripted.Host.GetAsync(path)).Status);
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Agents_Are_Those_Of_The_Keys_Room()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var set = await scripted.Host.PutAsync($"{scripted.Host.Path}/agents/poet", new { name = "Poet", model = "gpt-4.1" });
        Assert.Equal(201, set.Status);

        var list = (await scripted.Host.GetAsync("/v1/agents/list")).Json;

        Assert.Equal(1, list.GetProperty("count").GetInt32());
        Assert.Equal("Poet", list.GetProperty("agents")[0].GetProperty("agent_name").GetString());
        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Batch_Of_Agents_Is_A_Run_For_Each()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.Upstream.Answer(contentType: "application/json").Body(AgentAnswer);
        scripted.Upstream.Answer(500, "application/json").Body("""{"detail":"It broke."}""");

        var answer = await scripted.Host.PostTextAsync("/v1/agent/batch/completions", $"[{Agent},{Agent},{{}}]");

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(
            ["batch_id", "execution_time", "results", "timestamp", "total_requests"],
            answer.Json.EnumerateObject().Select(field => field.Name).Order());
        var results = answer.Json.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(3, results.Count);
        Assert.Equal(AgentAnswer, results[0].GetRawText());
        Assert.Equal(("error", "Writer", "It broke."), Failure(results[1], "name"));
        Assert.Equal("error", results[2].GetProperty("status").GetString());
        var ids = answer.Headers["X-Run-Id"].Split(", ");
        Assert.Equal(2, ids.Length);
        Assert.Equal(EventTypes.Done, (await scripted.Host.FindAsync(ids[0])).State);
        Assert.Equal(EventTypes.Error, (await scripted.Host.FindAsync(ids[1])).State);
    }

    [Fact]
    public async Task Batch_Of_Swarms_Says_How_Each_Ended()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.Upstream.Answer(contentType: "application/json").Body(SwarmAnswer);
        scripted.Upstream.Answer(429, "application/json").Body("""{"detail":"Too many."}""");

        var answer = await scripted.Host.PostTextAsync("/v1/swarm/batch/completions", $"[{Swarm},{Swarm}]");

        var results = answer.Json.EnumerateArray().ToList();
        Assert.Equal("success", results[0].GetProperty("status").GetString());
        Assert.Equal(SwarmAnswer, results[0].GetProperty("result").GetRawText());
        Assert.Equal(9, results[0].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(("error", "Duo", "Too many."), Failure(results[1], "swarm_name"));
    }

    [Fact]
    public async Task Batch_Of_Research_Is_A_List_Of_Answers()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var asked = scripted.Upstream.Answer(contentType: "application/json").Body(ResearchAnswer);
        scripted.Upstream.Answer(contentType: "application/json").Body(ResearchAnswer);

        var answer = await scripted.Host.PostTextAsync(
            "/v1/advanced-research/batch/completions", $$"""{"input_schemas":[{{Research}},{{Research}}]}""");

        Assert.Equal($"[{ResearchAnswer},{ResearchAnswer}]", answer.Text);
        Assert.Equal("/v1/advanced-research/completions", (await asked.Requested.InTime()).Path);
    }

    [Theory]
    [InlineData("GET", "/v1/swarm/logs")]
    [InlineData("POST", "/v1/marketplace/agents")]
    public async Task What_Is_The_Operators_Is_Refused_With_A_Reason(string method, string path)
    {
        await using var scripted = await ScriptedHub.StartAsync();

        var answer = await scripted.Host.SendAsync(new HttpMethod(method), path, method == "POST" ? new StringContent("{}") : null);

        answer.IsDetail(403);
        Assert.Contains("operator", answer.Text, StringComparison.Ordinal);
        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Health_Is_Ok_And_The_Root_Is_The_Page()
    {
        await using var scripted = await ScriptedHub.StartAsync();

        var health = await scripted.Hub.Anybody().GetAsync("/health");

        Assert.Equal((200, """{"status":"ok"}"""), (health.Status, health.Text));
        Assert.Equal(200, (await scripted.Hub.Anybody().GetAsync("/")).Status);
    }

    private static (string? Status, string? Name, string? Detail) Failure(JsonElement entry, string name) =>
        (entry.GetProperty("status").GetString(), entry.GetProperty(name).GetString(), entry.GetProperty("detail").GetString());
}
