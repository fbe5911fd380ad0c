namespace Swarms.Hub.RoomLogs;

/// <summary>A committed event, encoded for the wire.</summary>
/// <param name="Position">A reader's position after the event.</param>
/// <param name="Type">The type, for readers that name it outside the JSON.</param>
/// <param name="Json">The event's JSON, a slice of its batch's frame: it keeps the whole frame in memory.</param>
internal readonly record struct CommittedEvent(LogPosition Position, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>The event's sequence in the room.</summary>
    public long Sequence => Position.Sequence;
}
