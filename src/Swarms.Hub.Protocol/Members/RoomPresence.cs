namespace Swarms.Hub.Protocol;

/// <summary>The viewers of a room now. They change too often to be history, so presence is not an event.</summary>
public sealed record RoomPresence
{
    /// <summary>The number of connections that watch.</summary>
    public required int Viewers { get; init; }

    /// <summary>The members whom these connections belong to; at most 500 are named.</summary>
    public required IReadOnlyList<MemberPresence> Members { get; init; }
}
