using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed class JsonAnswerTests
{
    private const string AgentAnswer =
        """{"job_id":"agent-1","success":true,"name":"Poet","outputs":[{"role":"Poet","content":"Roses"}],"""
        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3,\"img_cost\":0.25,\"total_cost\":0.252239}}";

    private const string Usage = """usage {"inputTokens":1,"outputTokens":2,"totalTokens":3,"cost":0.252239}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_In_Json_Becomes_The_Events_Of_A_Stream(bool isStreamed)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json; charset=utf-8")
            .Header("X-RateLimit-Tier", "free")
            .Body(AgentAnswer[..20])
            .Body(AgentAnswer[20..]);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync(isStreamed: isStreamed);
        Assert.False(response.IsEventStream);
        Assert.Equal("application/json; charset=utf-8", response.ContentType);
        Assert.Equal("X-RateLimit-Tier", Assert.Single(response.Headers).Key);
        Assert.Equal(AgentAnswer, Encoding.UTF8.GetString(response.Json!.Value.Span));
        var frames = await response.Frames();
        Assert.All(frames, frame => Assert.Null(frame.Raw));
        Assert.Equal(["""metadata {"jobId":"agent-1","name":"Poet"}""", """chunk {"content":"Roses"}""", Usage, "done {}"], frames.Shown());
        Assert.Equal("Roses", frames.Text());
    }

    [Fact]
    public async Task Outputs_Of_A_Swarm_Name_Their_Agents()
    {
        var events = await Events(RunKinds.Swarm, """
            {"job_id": "swarms-1", "swarm_name": "Desk", "output": [
                {"role": "Bull", "content": "Buy"}, {"agent_name": "Bear", "content": ["Sell", 1.50]},
                {"role": "Mute", "content": ""}, "All said"],
             "usage": {"billing_info": {"total_cost": 0.1}}}
            """);
        Assert.Equal(
            [
                """metadata {"jobId":"swarms-1","name":"Desk"}""",
                """chunk {"content":"Buy","agent":"Bull"}""",
                """chunk {"content":"[\"Sell\",1.50]","agent":"Bear"}""",
                """chunk {"content":"All said"}""",
                """usage {"inputTokens":null,"outputTokens":null,"totalTokens":null,"cost":0.1}""",
                "done {}",
            ],
            events);
    }

    [Theory]
    [InlineData("""{"outputs": "Roses"}""", """chunk {"content":"Roses"}""")]
    [InlineData("""{"outputs": {"content": "Roses"}}""", """chunk {"content":"Roses"}""")]
    [InlineData("""{"outputs": {"a": [1]}}""", """chunk {"content":"{\"a\":[1]}"}""")]
    [InlineData(
        """{"outputs": [{"role": "Poet", "content": [{"function": {"name": "f"}}]}]}""",
        """chunk {"content":"[{\"function\":{\"name\":\"f\"}}]"}""")]
    [InlineData("""{"outputs": [{"content": "\ud83e"}]}""", "chunk {\"content\":\"\ufffd\"}")]
    public async Task Output_Of_Any_Form_Becomes_Text(string answer, string expected) =>
        Assert.Equal([expected, "done {}"], await Events(RunKinds.Agent, answer));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"outputs": null, "usage": null, "error": null}""")]
    [InlineData("""{"outputs": [{"role": "a", "content": null}]}""")]
    public async Task Answer_Without_Text_Is_Done(string answer) =>
        Assert.Equal(["done {}"], await Events(RunKinds.Agent, answer));

    [Theory]
    [InlineData("""{"success": false}""", "The upstream reported an error and did not say which.")]
    [InlineData("""{"success": false, "message": "No model"}""", "No model")]
    [InlineData("""{"error": {"message": "No model"}, "outputs": ["x"]}""", "No model")]
    [InlineData("""[1]""", "The upstream's answer is not of a form that the hub knows.")]
    public async Task Answer_That_Reports_A_Failure_Is_An_Error(string answer, string message) =>
        Assert.Equal([$"error {{\"code\":\"upstream_error\",\"message\":\"{message}\"}}"], await Events(RunKinds.Agent, answer));

    [Fact]
    public async Task Answer_That_Is_Not_Json_Is_Refused()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json").Body("{\"outputs\": [");
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        var refused = await client.RefusalAsync(isStreamed: false);
        Assert.Equal(("upstream_error", "The upstream's answer is not valid JSON."), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Answer_That_Breaks_Off_Is_Truncated()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        var answer = upstream.Answer()
            .Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"outputs\": [")
            .HalfClose();
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        Assert.Equal("upstream_truncated", (await client.RefusalAsync(isStreamed: false)).Code);
        await answer.Aborted.InTime();
    }

    [Fact]
    public async Task Answer_That_Is_Too_Large_Is_Refused()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json").Body($"{{\"outputs\": \"{new string('x', 3000)}\"}}");
        await using var client = new ClientUnderTest(upstream.BaseAddress, null, ("Upstream:MaxJsonBytes", "2048"));
        var refused = await client.RefusalAsync(isStreamed: false);
        Assert.Equal(("upstream_error", "The upstream's answer is larger than 2,048 bytes."), (refused.Code, refused.Message));
    }

    private static async Task<List<string>> Events(string kind, string answer)
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer(200, "application/json").Body(answer);
        await using var client = new ClientUnderTest(upstream.BaseAddress);
        await using var response = await client.SendAsync(kind: kind);
        return (await response.Frames()).Shown();
    }
}
