using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>The short form of a run: one agent and its task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Agent">The agent's name.</param>
public sealed record AgentTask(string Task, string Agent)
{
    /// <summary>The model's name; the upstream chooses if left out.</summary>
    public string? Model { get; init; }

    /// <summary>The agent's instructions.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The Swarms API's request for it.</summary>
    public StartRunRequest ToRequest()
    {
        var config = new JsonObject { ["agent_name"] = Agent };
        if (Model is not null)
            config["model_name"] = Model;

        if (SystemPrompt is not null)
            config["system_prompt"] = SystemPrompt;

        var request = new JsonObject { ["agent_config"] = config, ["task"] = Task };
        return new() { Kind = RunKinds.Agent, Request = WireTypes.ToElement(request) };
    }
}
