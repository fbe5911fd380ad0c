namespace Swarms.Hub.Protocol;

/// <summary>How the members of a room follow it. Hosts only.</summary>
public sealed record RoomWatching
{
    /// <summary>The members, in no order. In a change, those who are different.</summary>
    public required IReadOnlyList<MemberWatching> Members { get; init; }
}
