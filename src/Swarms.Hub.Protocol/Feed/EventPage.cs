namespace Swarms.Hub.Protocol;

/// <summary>Some events of a room.</summary>
public sealed record EventPage
{
    /// <summary>In sequence order.</summary>
    public required IReadOnlyList<RoomEvent> Events { get; init; }

    /// <summary>Where the next page begins.</summary>
    public required string Cursor { get; init; }
}
