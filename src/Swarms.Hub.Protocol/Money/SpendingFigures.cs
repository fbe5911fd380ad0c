using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// Sums over runs, by the hub. They count only what the upstream stated; runs of which it stated nothing are counted beside the sums.
/// </summary>
public sealed record SpendingFigures
{
    /// <summary>
    /// The member's id, or the name of the agent or model; null for the room, for runs that name none, and for all beyond
    /// <see cref="RoomState.MaxSpendingRows"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The number of runs, whether their usage is known or not.</summary>
    public long Runs { get; init; }

    /// <summary>The tokens of the requests.</summary>
    public long InputTokens { get; init; }

    /// <summary>The tokens of the answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Both together, as stated.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The cost, a decimal as text; null if no run has a known one, or the reader may not see it.</summary>
    public string? Cost { get; init; }

    /// <summary>The number of runs whose tokens are unknown.</summary>
    public long UnknownTokens { get; init; }

    /// <summary>The number of runs whose cost is unknown.</summary>
    public long UnknownCosts { get; init; }

    /// <summary>The tokens that runs of unknown usage keep reserved.</summary>
    public long HeldTokens { get; init; }

    /// <summary>The cost that runs of unknown usage keep reserved, a decimal as text; null if there is none.</summary>
    public string? HeldCost { get; init; }

    /// <summary>Reads the object of an event. A field that is missing or of another type is 0 or null.</summary>
    public static SpendingFigures Read(JsonElement figures) => new()
    {
        Key = figures.Text("key"),
        Runs = figures.Number("runs") ?? 0,
        InputTokens = figures.Number("inputTokens") ?? 0,
        OutputTokens = figures.Number("outputTokens") ?? 0,
        TotalTokens = figures.Number("totalTokens") ?? 0,
        Cost = figures.Text("cost"),
        UnknownTokens = figures.Number("unknownTokens") ?? 0,
        UnknownCosts = figures.Number("unknownCosts") ?? 0,
        HeldTokens = figures.Number("heldTokens") ?? 0,
        HeldCost = figures.Text("heldCost"),
    };
}
