using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>Changes of members' tokens.</summary>
internal abstract record TokenChange : RoomChange
{
    /// <summary>
    /// Adds a member's token. Only its hash is stored. A browser's session has one membership in a room: an earlier one of the same session
    /// loses it. The commit fails with <c>unauthenticated</c> if the member has left, and with <c>forbidden</c> if the session is
    /// banned from the room.
    /// </summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Hash">The token's hash, or for a session any bytes that no other token has.</param>
    /// <param name="At">The time of its creation.</param>
    /// <param name="ExpiresAt">The end of its lifetime; null for none.</param>
    /// <param name="Session">The hash of the browser's session; null for a token.</param>
    internal sealed record Add(
        string MemberId, byte[] Hash, DateTimeOffset At, DateTimeOffset? ExpiresAt = null, byte[]? Session = null) : TokenChange;

    /// <summary>Revokes a token. The commit fails with <c>unauthenticated</c> if it is gone already.</summary>
    internal sealed record Remove(byte[] Hash) : TokenChange;

    /// <summary>Notes that a token was used, and until when it is valid now. A token that is gone meanwhile is no error.</summary>
    internal sealed record Use(byte[] Hash, DateTimeOffset At, DateTimeOffset? ExpiresAt) : TokenChange;
}
