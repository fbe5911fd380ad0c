using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's invites.</summary>
internal abstract record InviteChange : RoomChange
{
    internal sealed record Add(string InviteId, string Role, byte[] SecretHash, byte[] CodeHash, int? MaxUses, DateTimeOffset ExpiresAt) : InviteChange;

    /// <summary>Takes one use of an invite. The commit fails with <c>not_found</c> where none is left, or it has expired.</summary>
    internal sealed record Use(string InviteId, DateTimeOffset At) : InviteChange;

    /// <summary>The commit fails with <c>not_found</c> where there is no such invite.</summary>
    internal sealed record Delete(string InviteId) : InviteChange;
}
