using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's members, in the commit of the event that says so.</summary>
internal abstract record MemberChange : RoomChange
{
    internal sealed record Add(Member Member) : MemberChange;

    /// <summary>
    /// Another name or role. The commit fails with <c>conflict</c> where the member is not what it was before, or would leave the
    /// room without a host.
    /// </summary>
    internal sealed record Change(Member Before, Member After) : MemberChange;

    /// <summary>The member is gone and so are its tokens. The commit fails with <c>conflict</c> where it was the last host.</summary>
    internal sealed record Remove(string MemberId) : MemberChange;

    /// <summary>The commit fails with <c>conflict</c> where the hand is there already.</summary>
    internal sealed record SetHand(string MemberId, bool IsRaised) : MemberChange;
}
