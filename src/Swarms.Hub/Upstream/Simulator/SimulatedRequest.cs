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
            if (agents.Count == 0)
                agents.Add("Swarm");

            var swarmType = body.FindText("swarm_type") ?? "SequentialWorkflow";
            return new(kind, body.FindText("name") ?? "Swarm", swarmType, agents, task, isStreamed, settings);
        }

        var config = body.Find("agent_config") ?? default;
        var name = NameOf(config) ?? "Agent";
        return new(kind, name, "", [name], task, isStreamed || IsTrue(config, "streaming_on"), settings);
    }

    private static string? NameOf(JsonElement agent) => agent.FindText("agent_name") is { Length: > 0 } name ? name : null;

    private static bool IsTrue(JsonElement element, string name) => element.Find(name) is { ValueKind: JsonValueKind.True };
}
