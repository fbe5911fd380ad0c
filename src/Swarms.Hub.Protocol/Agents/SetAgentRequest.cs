using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that creates an agent of a room, or replaces all of it but its secrets.</summary>
public sealed record SetAgentRequest
{
    /// <summary>The name: 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The model's name: 1 to 200 characters.</summary>
    public string? Model { get; init; }

    /// <summary>The agent's instructions: at most 16,384 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SystemPrompt { get; init; }

    /// <summary>The temperature: 0 to 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Temperature { get; init; }

    /// <summary>The most tokens of an answer: 1 to 1,000,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get; init; }

    /// <summary>The most loops of the agent: 1 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLoops { get; init; }

    /// <summary>Further fields of the Swarms API's <c>agent_config</c>, in its own names: an object of at most 16 KiB.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Config { get; init; }

    /// <summary>The prompts that the room keeps ready for it, at most 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AgentPreset>? Presets { get; init; }

    /// <summary>Whether the agent answers messages that mention it.</summary>
    public bool AnswersMentions { get; init; }

    /// <summary>
    /// Secret texts by their places below <c>agent_config</c>, as <c>mcp_config.authorization_token</c>. A place that is left out keeps its
    /// secret, and null removes it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string?>? Secrets { get; init; }
}
