using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// What a commit changes beside the log, in the same transaction: the tables that answer questions a log answers slowly
/// (who is a member, which runs are there), and what is no history (tokens, invites).
/// </summary>
internal abstract record RoomChange
{
    /// <summary>The commit is the room's first: the store gives it a number, and its chain begins at the log's link 0.</summary>
    internal sealed record CreateRoom(Room Room) : RoomChange;

    internal sealed record SaveRoom(Room Room) : RoomChange;

    /// <summary>The room is gone at once, and what happened in it bit by bit; its members' tokens stay, so that they can be told it is gone.</summary>
    internal sealed record DeleteRoom(DateTimeOffset At) : RoomChange;

    internal sealed record AddMember(Member Member) : RoomChange;

    /// <summary>
    /// Another name or role. The commit fails with <c>conflict</c> where the member is not what it was before, or would leave the
    /// room without a host.
    /// </summary>
    internal sealed record ChangeMember(Member Before, Member After) : RoomChange;

    /// <summary>The commit fails with <c>conflict</c> where the hand is there already.</summary>
    internal sealed record SetHand(string MemberId, bool IsRaised) : RoomChange;

    /// <summary>The commit fails with <c>conflict</c> where the member has given that reaction already, and with <c>too_large</c> where it has given as many as one may.</summary>
    internal sealed record AddReaction(string MemberId, long Target, string Emoji) : RoomChange;

    /// <summary>The member is gone and so are its tokens. The commit fails with <c>conflict</c> where it was the last host.</summary>
    internal sealed record RemoveMember(string MemberId) : RoomChange;

    internal sealed record AddToken(string MemberId, byte[] Hash, DateTimeOffset At) : RoomChange;

    internal sealed record AddInvite(string InviteId, string Role, byte[] SecretHash, byte[] CodeHash, int? MaxUses, DateTimeOffset ExpiresAt) : RoomChange;

    /// <summary>Takes one use of an invite; the commit fails with <c>not_found</c> where none is left.</summary>
    internal sealed record UseInvite(string InviteId, DateTimeOffset At) : RoomChange;

    internal sealed record DeleteInvite(string InviteId) : RoomChange;

    /// <summary>The run as it stands, with its text once it has ended, and the key of its events' data.</summary>
    internal sealed record SaveRun(Run Run, DataKey Key) : RoomChange;

    /// <summary>Binds a member's idempotency key to a run; the commit fails with <c>conflict</c> where it is bound.</summary>
    internal sealed record BindRunKey(string RunId, string MemberId, string Key, byte[] RequestHash) : RoomChange;
}
