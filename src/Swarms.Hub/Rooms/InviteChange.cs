using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's invites.</summary>
internal abstract record InviteChange : RoomChange
{
    /// <summary>
    /// Adds an invite with the hashes of its secret and its code. The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if its
    /// maker is no host any more.
    /// </summary>
    internal sealed record Add(Invite Invite, byte[] SecretHash, byte[] CodeHash) : InviteChange;

    /// <summary>Takes one use of an invite. The commit fails with <c>not_found</c> if none is left or the invite has expired.</summary>
    internal sealed record Use(string InviteId, DateTimeOffset At) : InviteChange;

    /// <summary>
    /// Deletes an invite. The commit fails with <c>not_found</c> if there is no such invite; with <c>unauthenticated</c> or
    /// <c>forbidden</c> if <paramref name="By"/> is no host any more.
    /// </summary>
    internal sealed record Delete(string InviteId, string? By = null) : InviteChange;
}
