namespace Swarms.Hub.Access;

/// <summary>Who a token stands for.</summary>
internal sealed record Membership(string RoomId, string MemberId);
