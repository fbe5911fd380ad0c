using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Composes the upstream's request for an agent of a room and a task. The request is complete: what happens to the agent afterwards does
/// not reach a run that was admitted. Safe from any thread.
/// </summary>
internal sealed class AgentRequests(IRoomDirectory rooms, AgentSecrets secrets) : IAgentRequests
{
    public async Task<RunRequest> ComposeAsync(string roomId, AgentStart start, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        var agent = lease.Log.Query(state => state.FindAgent(start.Agent))
            ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such agent in this room. Its hosts can add one.");
        var opened = await secrets.OpenAsync(roomId, agent.Id, agent.Secrets, cancellationToken);
        var request = new JsonObject { ["agent_config"] = Config(agent, opened), ["task"] = start.Task };
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Options);
        var parsed = RunRequest.Parse(RunKinds.Agent, body, isStreamed: true);
        return parsed with
        {
            Agent = parsed.Agent with { Id = agent.Id },
            Task = start.IsTaskOfMessage ? "" : parsed.Task,
            TaskLength = start.IsTaskOfMessage ? null : parsed.TaskLength,
            Secrets = [.. opened.Values],
            Origin = start,
        };
    }

    private static JsonObject Config(RoomAgent agent, IReadOnlyDictionary<string, string> secrets)
    {
        var config = AgentForm.Config(agent);
        config["agent_name"] = agent.Name;
        config["model_name"] = agent.Model;
        Set("system_prompt", agent.SystemPrompt);
        Set("temperature", agent.Temperature);
        Set("max_tokens", agent.MaxTokens);
        Set("max_loops", agent.MaxLoops);
        foreach (var (place, secret) in secrets)
            SecretPlace.Put(config, place, secret);

        config["streaming_on"] = true;
        return config;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
                config[name] = value;
        }
    }
}
