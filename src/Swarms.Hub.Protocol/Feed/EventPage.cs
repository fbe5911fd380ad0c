namespace Swarms.Hub.Protocol;

/// <summary>One page of a room's events.</summary>
public sealed record EventPage
{
    /// <summary>The events in sequence order.</summary>
    public required IReadOnlyList<RoomEvent> Events { get; init; }

    /// <summary>The cursor at which the next page begins.</summary>
    public required string Cursor { get; init; }
}
