using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>What the simulator takes from a request of the Swarms API's own form.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="Name">The agent's or the swarm's.</param>
/// <param name="SwarmType">As the request states it; decides whether agents speak in turn or side by side.</param>
/// <param name="Agents">Who speaks: one for an agent run.</param>
/// <param name="Task">Empty where the request has none.</param>
/// <param name="IsStreamed">Whether the request asks for a stream, in any of the ways that the API has known.</param>
/// <param name="Settings">The field <c>simulation</c>.</param>
internal sealed record SimulatedRequest(
    string Kind, string Name, string SwarmType, IReadOnlyList<string> Agents, string Task, bool IsStreamed, SimulationSettings Settings)
{
    public bool IsSwarm => Kind == RunKinds.Swarm;

    public bool IsInterleaved => IsSwarm && SwarmType is "AgentRearrange" or "ConcurrentWorkflow";

    public static SimulatedRequest Read(string kind, JsonElement body, SimulationSettings settings)
    {
        var task = body.FindText("task") ?? "";
        var isStreamed = IsTrue(body, "stream") || IsTrue(body, "streaming_on");
        if (kind == RunKinds.Swarm)
        {
            var agents = body.Find("agents") is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Select((agent, index) => NameOf(agent) ?? $"Agent {index + 1}").ToList()
                : [];
            if (agents.Count == 0) agents.Add("Swarm");
            return new(kind, body.FindText("name") ?? "Swarm", body.FindText("swarm_type") ?? "SequentialWorkflow", agents, task, isStreamed, settings);
        }

        var config = body.Find("agent_config") ?? default;
        var name = NameOf(config) ?? "Agent";
        return new(kind, name, "", [name], task, isStreamed || IsTrue(config, "streaming_on"), settings);
    }

    private static string? NameOf(JsonElement agent) => agent.FindText("agent_name") is { Length: > 0 } name ? name : null;

    private static bool IsTrue(JsonElement element, string name) => element.Find(name) is { ValueKind: JsonValueKind.True };
}
