using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>The calls of the tests of agents, over HTTP as any program makes them.</summary>
internal static class AgentCalls
{
    public static object Writer(object? secrets = null, bool answersMentions = false) => new
    {
        name = "Story Writer",
        model = "gpt-4o",
        systemPrompt = "You write for children.",
        temperature = 0.70m,
        maxTokens = 400,
        maxLoops = 2,
        config = new { role = "worker", mcp_config = new { url = "https://tools.example.org" } },
        presets = new[] { new { title = "Story", prompt = "Tell a story" } },
        answersMentions,
        secrets,
    };

    public static Task<Answer> SetAsync(this MemberCaller host, string agent, object body) =>
        host.PutAsync($"{host.Path}/agents/{agent}", body);

    public static Task<Answer> RemoveAsync(this MemberCaller host, string agent) => host.DeleteAsync($"{host.Path}/agents/{agent}");

    /// <summary>Adds the agent <c>writer</c>.</summary>
    public static async Task AddWriterAsync(this MemberCaller host, object? secrets = null, bool answersMentions = false) =>
        Assert.Equal(201, (await host.SetAsync("writer", Writer(secrets, answersMentions))).Status);

    public static Task<Answer> TryStartAgentAsync(
        this MemberCaller member, string agent = "writer", string task = "Tell a story", string? key = null) =>
        member.PostAsync($"{member.Path}/runs", new { agent, task, idempotencyKey = key });

    public static async Task<Run> StartAgentAsync(
        this MemberCaller member, string agent = "writer", string task = "Tell a story", string? key = null) =>
        RunCalls.Started(await member.TryStartAgentAsync(agent, task, key));

    public static async Task<long> SayAsync(this MemberCaller member, string text)
    {
        var answer = await member.PostAsync($"{member.Path}/messages", new { text });
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("sequence").GetInt64();
    }

    /// <summary>Returns the agents of the room's state.</summary>
    public static async Task<IReadOnlyList<RoomAgent>> AgentsAsync(this MemberCaller member) =>
        (await member.GetAsync(member.Path)).Json.GetProperty("agents").Deserialize<List<RoomAgent>>(ProtocolJson.Options)!;

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);
}
