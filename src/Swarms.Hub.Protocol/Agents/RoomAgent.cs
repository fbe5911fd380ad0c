using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// An agent of a room, which is started by its id and a task alone. Properties that are not set are null and left out on the wire.
/// </summary>
public sealed record RoomAgent
{
    /// <summary>The id that a host chose: 1 to 40 of <c>a</c> to <c>z</c>, <c>0</c> to <c>9</c> and <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name: 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The model's name: 1 to 200 characters.</summary>
    public required string Model { get; init; }

    /// <summary>The agent's instructions: at most 16,384 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SystemPrompt { get; init; }

    /// <summary>The temperature: 0 to 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Temperature { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get; init; }

    /// <summary>The most loops of the agent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLoops { get; init; }

    /// <summary>Further fields of the Swarms API's <c>agent_config</c>, in its own names; never a secret.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Config { get; init; }

    /// <summary>The prompts that the room keeps ready for it, at most 20.</summary>
    public IReadOnlyList<AgentPreset> Presets { get; init; } = [];

    /// <summary>Whether the agent answers messages that mention it.</summary>
    public bool AnswersMentions { get; init; }

    /// <summary>The places of its secrets below <c>agent_config</c>. Their values are never shown.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];
}
