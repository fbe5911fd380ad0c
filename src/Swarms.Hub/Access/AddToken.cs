using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>Adds a member's token. Only its hash is stored.</summary>
internal sealed record AddToken(string MemberId, byte[] Hash, DateTimeOffset At) : RoomChange;
