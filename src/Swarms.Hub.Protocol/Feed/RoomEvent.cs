using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// One entry of a room's log. It is immutable, committed before anyone sees it, and so has its sequence. Readers ignore types that they do
/// not know.
/// </summary>
public sealed record RoomEvent
{
    /// <summary>The position in the room's log: 1, 2, 3 …, never reused.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the event, in UTC with milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or the upstream's own type.</summary>
    public required string Type { get; init; }

    /// <summary>The id of its run; null for events outside runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>The id of the member who caused it; null if nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>A JSON object; its fields depend on <see cref="Type"/>.</summary>
    public required JsonElement Data { get; init; }
}
