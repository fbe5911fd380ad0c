using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage;

/// <summary>An event of a room's log.</summary>
internal sealed class EventRow
{
    public long RoomKey { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Type { get; set; }

    public string? Run { get; set; }

    public string? By { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Data { get; set; }

    public PendingEvent ToPending() => new(At, Type, Run, By, Encoding.UTF8.GetBytes(Data));

    public RoomEvent ToRoomEvent() => new()
    {
        Sequence = Sequence,
        At = At,
        Type = Type,
        Run = Run,
        By = By,
        Data = JsonElement.Parse(Data),
    };
}
