using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// A member's reaction to an event. The commit fails with <c>conflict</c> where the member has given it already, and with
/// <c>too_large</c> where it has given as many as one may.
/// </summary>
internal sealed record AddReaction(string MemberId, long Target, string Emoji) : RoomChange;
