using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// One entry of a room's log. Immutable; only committed events are ever seen, so each has its sequence.
/// A reader meets the types it does not know with patience: it keeps or ignores them.
/// </summary>
public sealed record RoomEvent
{
    /// <summary>Position in the room: starts at 1, +1 each, never reused.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it happened, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or a type of the upstream's own.</summary>
    public required string Type { get; init; }

    /// <summary>The run it belongs to; null for what people do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>The member who caused it; null where nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>A JSON object; its fields depend on <see cref="Type"/>.</summary>
    public required JsonElement Data { get; init; }
}
