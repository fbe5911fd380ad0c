using System.Text.Json;
using System.Text.Json.Serialization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>The short form of a run: one agent and its task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Agent">The agent's name.</param>
public sealed record AgentTask(string Task, string Agent)
{
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The model's name; the upstream chooses if left out.</summary>
    public string? Model { get; init; }

    /// <summary>The agent's instructions.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The Swarms API's request for it.</summary>
    public StartRunRequest ToRequest() => new()
    {
        Kind = RunKinds.Agent,
        Request = JsonSerializer.SerializeToElement(
            new { agent_config = new { agent_name = Agent, model_name = Model, system_prompt = SystemPrompt }, task = Task },
            WithoutNulls),
    };
}
