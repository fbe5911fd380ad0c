using System.Runtime.InteropServices;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>The parts of a Swarms API request that the simulator reads.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="Name">The agent's or the swarm's.</param>
/// <param name="SwarmType">As the request states it; decides whether agents speak in turn or side by side.</param>
/// <param name="Agents">The speakers: one for an agent run.</param>
/// <param name="Task">Empty if the request has none.</param>
/// <param name="IsStreamed">True if the request asks for a stream, in any form that the API has had.</param>
/// <param name="Settings">The field <c>simulation</c>.</param>
internal sealed record SimulatedRequest(
    string Kind, string Name, string SwarmType, IReadOnlyList<string> Agents, string Task, bool IsStreamed, SimulationSettings Settings)
{
    private const int MaxTaskBytes = 4_096;

    /// <summary>The length of the whole task, of which <see cref="Task"/> may be the beginning.</summary>
    public int TaskLength { get; private init; } = Task.Length;

    /// <summary>The most tokens of each speaker's answer, as the request states them; null where it states none.</summary>
    public IReadOnlyList<int?> MaxTokens { get; private init; } = new int?[Agents.Count];

    /// <summary>The answers in the history that comes with the request.</summary>
    public int EarlierTurns { get; private init; }

    public bool IsSwarm => Kind == RunKinds.Swarm;

    public bool IsInterleaved => IsSwarm && SwarmType is "AgentRearrange" or "ConcurrentWorkflow";

    public static SimulatedRequest Read(string kind, JsonElement body, SimulationSettings settings)
    {
        var (task, taskLength) = ReadTask(body.Find("task"));
        var isStreamed = IsTrue(body, "stream") || IsTrue(body, "streaming_on");
        if (kind == RunKinds.Swarm)
        {
            var list = body.Find("agents") ?? default;
            var agents = list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select((agent, index) => NameOf(agent) ?? $"Agent {index + 1}").ToList()
                : [];
            var maxTokens = agents.Count > 0 ? list.EnumerateArray().Select(MaxTokensOf).ToList() : [null];
            if (agents.Count == 0)
                agents.Add("Swarm");

            var swarmType = body.FindText("swarm_type") ?? "SequentialWorkflow";
            return new(kind, body.FindText("name") ?? "Swarm", swarmType, agents, task, isStreamed, settings)
            {
                TaskLength = taskLength,
                MaxTokens = maxTokens,
                EarlierTurns = CountAnswers(body.Find("messages")),
            };
        }

        var config = body.Find("agent_config") ?? default;
        var name = NameOf(config) ?? NameOf(body) ?? "Agent";
        return new(kind, name, "", [name], task, isStreamed || IsTrue(config, "streaming_on"), settings)
        {
            TaskLength = taskLength,
            MaxTokens = [MaxTokensOf(config)],
            EarlierTurns = CountAnswers(body.Find("history")),
        };
    }

    // The simulator quotes a few words. A task of megabytes is not built for them.
    private static (string Beginning, int Length) ReadTask(JsonElement? field)
    {
        if (field is not { ValueKind: JsonValueKind.String } task)
            return ("", 0);

        var json = JsonMarshal.GetRawUtf8Value(task);
        if (json.Length <= MaxTaskBytes)
            return task.GetString() is { } text ? (text, text.Length) : default;

        // The cut goes through no character and no escape.
        var length = 1;
        while (length < MaxTaskBytes || (json[length] & 0xC0) == 0x80)
            length += json[length] != '\\' ? 1 : json[length + 1] == 'u' ? 6 : 2;

        using var beginning = JsonText.TryParse((byte[])[.. json[..length], (byte)'"'], out _);
        return (beginning?.RootElement.GetString() ?? "", json.Length - 2);
    }

    private static int CountAnswers(JsonElement? history) => history is { ValueKind: JsonValueKind.Array } entries
        ? entries.EnumerateArray().Count(entry => entry.ValueKind == JsonValueKind.Object && entry.FindText("role") == "assistant")
        : 0;

    private static int? MaxTokensOf(JsonElement agent) =>
        agent.Find("max_tokens") is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var tokens) && tokens > 0
            ? tokens
            : null;

    private static string? NameOf(JsonElement agent) => agent.FindText("agent_name") is { Length: > 0 } name ? name : null;

    private static bool IsTrue(JsonElement element, string name) => element.Find(name) is { ValueKind: JsonValueKind.True };
}
