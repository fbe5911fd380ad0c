using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a host's return link.</summary>
internal abstract record ReturnLinkChange : RoomChange
{
    /// <summary>
    /// Sets the member's only link. The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if the member is no host any more.
    /// </summary>
    internal sealed record Set(string MemberId, byte[] Hash, DateTimeOffset ExpiresAt) : ReturnLinkChange;

    /// <summary>Uses the link up. The commit fails with <c>not_found</c> if it is gone or has expired.</summary>
    internal sealed record Use(byte[] Hash, DateTimeOffset At) : ReturnLinkChange;

    /// <summary>Deletes the member's link. The commit fails with <c>not_found</c> if there is none.</summary>
    internal sealed record Delete(string MemberId) : ReturnLinkChange;
}
