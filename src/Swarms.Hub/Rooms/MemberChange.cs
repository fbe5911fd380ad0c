using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's members, each in the commit of its event.</summary>
internal abstract record MemberChange : RoomChange
{
    /// <summary>
    /// Adds a member. The commit fails with <c>conflict</c> if its name is taken, or if its browser's session has a member in the room;
    /// with <c>unauthenticated</c> or <c>forbidden</c> if a program's maker is no host any more.
    /// </summary>
    /// <param name="Member">The member.</param>
    /// <param name="MadeBy">The host who admits it, if it is a program; null for people.</param>
    /// <param name="InviteId">The invite by which it comes; null without one.</param>
    /// <param name="Session">The hash of its browser's session; null without one.</param>
    internal sealed record Add(Member Member, string? MadeBy = null, string? InviteId = null, byte[]? Session = null) : MemberChange;

    /// <summary>
    /// Gives a member who joins again the higher role of its invite. The commit fails with <c>conflict</c> if its role was lowered, or was
    /// changed meanwhile.
    /// </summary>
    internal sealed record Raise(Member Before, Member After, string InviteId) : MemberChange;

    /// <summary>
    /// Makes a member a host and the host who does so a participant. The commit fails as <see cref="Change"/> does.
    /// </summary>
    /// <param name="To">The next host, as it was.</param>
    /// <param name="From">The host who hands the room over, as it was.</param>
    internal sealed record HandOver(Member To, Member From) : MemberChange;

    /// <summary>
    /// Changes the name or the role. The commit fails with <c>conflict</c> if the name is taken, if the member was changed meanwhile, or if
    /// the room would lose its last host; with <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> may not do that any
    /// more. A lower role takes the invites above it that the member made, and with <c>host</c> the return link and the embeds. It fails
    /// with <c>conflict</c> while a program that the member made has a higher role.
    /// </summary>
    /// <param name="Before">The member as it was.</param>
    /// <param name="After">The member from now on.</param>
    /// <param name="By">The member who changes it; null without a check.</param>
    internal sealed record Change(Member Before, Member After, string? By = null) : MemberChange;

    /// <summary>
    /// Removes the member, its tokens, its return link, and the invites and embeds that it made. The commit fails with <c>conflict</c> if
    /// it is the last host, or while a program that it made is in the room; with
    /// <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> may not do that any more.
    /// </summary>
    /// <param name="MemberId">The member who leaves.</param>
    /// <param name="By">The member who removes it, or itself; null without a check.</param>
    /// <param name="Ban">The ban of the member's browser session; null without one.</param>
    internal sealed record Remove(string MemberId, string? By = null, NewBan? Ban = null) : MemberChange;

    /// <summary>Lifts a ban. The commit fails with <c>not_found</c> if there is no such ban.</summary>
    internal sealed record LiftBan(string BanId, string By) : MemberChange;

    internal sealed record NewBan(string Id, DateTimeOffset At);

    /// <summary>
    /// Raises or lowers the hand. The commit fails with <c>conflict</c> if nothing changes, and with <c>forbidden</c> if it is another
    /// member's and <paramref name="By"/> is no host any more.
    /// </summary>
    /// <param name="MemberId">The member whose hand it is.</param>
    /// <param name="IsRaised">True to raise it.</param>
    /// <param name="By">The member who does it; null without a check.</param>
    internal sealed record SetHand(string MemberId, bool IsRaised, string? By = null) : MemberChange;
}
