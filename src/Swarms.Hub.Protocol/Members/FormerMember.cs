namespace Swarms.Hub.Protocol;

/// <summary>Somebody who left a room, and whom a run, a message or a reaction in its state still names.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Name">The member's last name in the room.</param>
/// <param name="JoinedAt">The time of joining, in UTC with milliseconds.</param>
public sealed record FormerMember(string Id, string Name, DateTimeOffset JoinedAt);
