using System.Text;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

public sealed class RequestDemandTests
{
    [Theory]
    [InlineData("""{"task":"x","agent_config":{"model_name":"m","max_tokens":100}}""", 100L)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":100,"max_loops":3}}""", 300L)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":5,"max_tokens":100}}""", 100L)]
    [InlineData("""{"task":"x","agent_config":{"max\u005ftokens":100}}""", 100L)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":100,"max_loops":"auto"}}""", null)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":"100"}}""", null)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":-1}}""", null)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":1e300}}""", null)]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":100,"llm_args":{"max_tokens":9}}}""", null)]
    [InlineData("""{"task":"x","agent_config":{}}""", null)]
    [InlineData("""{"task":"x"}""", null)]
    public void Tokens_Of_An_Agent_Are_Its_Max_Tokens_For_Each_Loop(string body, long? tokens) =>
        Assert.Equal(tokens, Of(RunKinds.Agent, body, null).Demand.Tokens);

    [Theory]
    [InlineData("""{"task":"x","agents":[{"max_tokens":100},{"max_tokens":50,"max_loops":2}]}""", 200L)]
    [InlineData("""{"task":"x","max_loops":2,"agents":[{"max_tokens":100}]}""", 200L)]
    [InlineData("""{"tasks":["x","y","z"],"agents":[{"max_tokens":100}]}""", 300L)]
    [InlineData("""{"task":"x","agents":[{"max_tokens":100},{}]}""", null)]
    [InlineData("""{"task":"x","agents":[]}""", null)]
    [InlineData("""{"task":"x"}""", null)]
    public void Tokens_Of_A_Swarm_Are_Those_Of_All_Its_Agents(string body, long? tokens) =>
        Assert.Equal(tokens, Of(RunKinds.Swarm, body, null).Demand.Tokens);

    [Theory]
    [InlineData(RunKinds.Agent, """{"task":"x"}""", """{"agent_config":{"max_tokens":50},"task":"x"}""")]
    [InlineData(RunKinds.Agent, """{"agent_config":null,"task":"x"}""", """{"agent_config":{"max_tokens":50},"task":"x"}""")]
    [InlineData(RunKinds.Agent, """{"agent_config":{ },"task":"x"}""", """{"agent_config":{"max_tokens":50 },"task":"x"}""")]
    [InlineData(
        RunKinds.Agent, """{"agent_config":{"a":1.50},"task":"x"}""", """{"agent_config":{"max_tokens":50,"a":1.50},"task":"x"}""")]
    [InlineData(
        RunKinds.Agent, """{"agent_config":{"max_tokens":null},"task":"x"}""", """{"agent_config":{"max_tokens":50},"task":"x"}""")]
    [InlineData(
        RunKinds.Agent, """{"agent_config":{"max_tokens":"9000"},"task":"x"}""", """{"agent_config":{"max_tokens":50},"task":"x"}""")]
    [InlineData(
        RunKinds.Agent, """{"agent_config":{"max_tokens":49},"task":"x"}""", """{"agent_config":{"max_tokens":49},"task":"x"}""")]
    [InlineData(
        RunKinds.Swarm,
        """{"task":"x","agents":[{"n":1},{"max_tokens":7},{}]}""",
        """{"task":"x","agents":[{"max_tokens":50,"n":1},{"max_tokens":7},{"max_tokens":50}]}""")]
    public void Ceiling_Bounds_Each_Agent_And_Changes_Nothing_Else(string kind, string body, string sent)
    {
        var (demand, request) = Of(kind, body, 50);

        Assert.Equal(sent, Encoding.UTF8.GetString(request.Body.Span));
        Assert.NotNull(demand.Tokens);
        Assert.Equal(demand.Tokens, Of(kind, sent, 50).Demand.Tokens);
    }

    [Theory]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":51}}""", "max_tokens may be at most 50")]
    [InlineData("""{"task":"x","agent_config":{"max_tokens":1,"llm_args":{"max_tokens":9}}}""", "llm_args may not have")]
    [InlineData("""{"task":"x","agent_config":{"llm_args":{"max_completion_tokens":9}}}""", "llm_args may not have")]
    [InlineData("""{"task":"x","agent_config":{"llm_args":{"\u006e":9}}}""", "llm_args may not have")]
    public void Request_That_Asks_For_More_Than_The_Ceiling_Is_Refused(string body, string sentence)
    {
        var refusal = Assert.Throws<HubErrorException>(() => Of(RunKinds.Agent, body, 50));

        Assert.Equal(ErrorCodes.OverBudget, refusal.Code);
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_Of_The_Room_Gets_The_Lesser_Of_Its_Own_Bound_And_The_Ceiling()
    {
        var request = RunRequest.Parse(RunKinds.Agent, """{"task":"x","agent_config":{"max_tokens":900}}"""u8.ToArray(), true);

        var (demand, sent) = RequestDemand.Of(request with { Origin = new AgentStart("poet", "x", null) }, 50);

        Assert.Equal(50, demand.Tokens);
        Assert.Equal(50, JsonElement.Parse(sent.Body.Span).GetProperty("agent_config").GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public void Models_Are_Those_Of_All_Agents_And_Of_The_Swarms_Own_Parts()
    {
        var (demand, _) = Of(
            RunKinds.Swarm, """{"task":"x","director_model_name":"d","agents":[{"model_name":"a"},{"model_name":7},{}]}""", null);

        Assert.Equal(["a", null, null], demand.Agents.Select(agent => agent.Model));
        Assert.Equal(["d"], demand.Models);
    }

    private static (RequestDemand Demand, RunRequest Request) Of(string kind, string body, int? maxTokens) =>
        RequestDemand.Of(RunRequest.Parse(kind, Encoding.UTF8.GetBytes(body), isStreamed: true), maxTokens);
}
