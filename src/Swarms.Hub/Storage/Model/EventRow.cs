using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>An event of a room's log.</summary>
internal sealed class EventRow
{
    public long RoomKey { get; set; }

    public long Sequence { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Type { get; set; }

    public string? Run { get; set; }

    public string? By { get; set; }

    /// <summary>A JSON object; once the data was erased, an <see cref="ErasedPayload"/>.</summary>
    public required string Data { get; set; }

    /// <summary>The event's link; null if the event is older than its room's chain.</summary>
    public byte[]? Link { get; set; }

    /// <summary>The key of the data; null for an event of a run, whose row has the key, and once the data was erased.</summary>
    public byte[]? Key { get; set; }

    /// <summary>The digest of erased data; null while the data is there to compute it from.</summary>
    public byte[]? Digest { get; set; }

    public PendingEvent ToPending() => new() { At = At, Type = Type, Run = Run, By = By, Data = Encoding.UTF8.GetBytes(Data) };

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
