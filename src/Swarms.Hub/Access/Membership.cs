namespace Swarms.Hub.Access;

/// <summary>A member of a room.</summary>
internal sealed record Membership(string RoomId, string MemberId);
