namespace Swarms.Hub.Protocol;

/// <summary>A room as people see it who have an invite to it.</summary>
public sealed record InvitedRoom
{
    /// <summary>The room's name.</summary>
    public required string Name { get; init; }
}
