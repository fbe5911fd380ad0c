using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>A token of a member, known by its hash.</summary>
internal sealed record AddToken(string MemberId, byte[] Hash, DateTimeOffset At) : RoomChange;
