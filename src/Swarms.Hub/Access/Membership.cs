namespace Swarms.Hub.Access;

/// <summary>The member that a token stands for.</summary>
internal sealed record Membership(string RoomId, string MemberId);
