namespace Swarms.Hub.RoomLogs;

/// <summary>A committed event, encoded for the wire.</summary>
/// <param name="Position">Where a reader stands after it.</param>
/// <param name="Type">For readers that name it outside the JSON.</param>
/// <param name="Json">The event's JSON: a slice of its batch's frame, so it keeps the whole frame alive.</param>
internal readonly record struct CommittedEvent(LogPosition Position, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>Its place in the room.</summary>
    public long Sequence => Position.Sequence;
}
