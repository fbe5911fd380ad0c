namespace Swarms.Hub.Protocol;

/// <summary>Who watches a room now. It changes too often to be history, so it is no event.</summary>
public sealed record RoomPresence
{
    /// <summary>How many connections watch.</summary>
    public required int Viewers { get; init; }

    /// <summary>Which members they belong to; at most 500 are named.</summary>
    public required IReadOnlyList<MemberPresence> Members { get; init; }
}
