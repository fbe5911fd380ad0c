using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Adds a member's reaction to an event. The commit fails with <c>conflict</c> if the member has given it before, and with
/// <c>too_large</c> if the member has reached the limit.
/// </summary>
internal sealed record AddReaction(string MemberId, long Target, string Emoji) : RoomChange;
