using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's members, each in the commit of its event.</summary>
internal abstract record MemberChange : RoomChange
{
    internal sealed record Add(Member Member) : MemberChange;

    /// <summary>
    /// Changes the name or the role. The commit fails with <c>conflict</c> if the member was changed meanwhile, or if the room would lose
    /// its last host.
    /// </summary>
    internal sealed record Change(Member Before, Member After) : MemberChange;

    /// <summary>Removes the member and its tokens. The commit fails with <c>conflict</c> if it is the last host.</summary>
    internal sealed record Remove(string MemberId) : MemberChange;

    /// <summary>Raises or lowers the hand. The commit fails with <c>conflict</c> if nothing changes.</summary>
    internal sealed record SetHand(string MemberId, bool IsRaised) : MemberChange;
}
