namespace Swarms.Hub.Protocol;

/// <content>The members and their hands.</content>
public sealed partial class RoomState
{
    private readonly List<Member> _members = [];

    /// <summary>The present members in order of joining.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>Returns the present member with this id; null if there is none.</summary>
    public Member? FindMember(string? id) => id is null ? null : _members.Find(member => member.Id == id);

    private bool TryApplyToMembers(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.MemberJoined:
                _members.Add(MemberPayload.Read(roomEvent.Data).ToMember(handRaised: false));
                return true;
            case EventTypes.MemberChanged:
                // The event of a changed name or role does not hold the hand.
                var changed = MemberPayload.Read(roomEvent.Data);
                Change(changed.Member.Id, before => changed.ToMember(before.HandRaised));
                return true;
            case EventTypes.MemberLeft:
                var left = MemberLeftPayload.Read(roomEvent.Data).Member.Id;
                _members.RemoveAll(member => member.Id == left);
                return true;
            case EventTypes.HandRaised or EventTypes.HandLowered:
                Change(roomEvent.By, member => member with { HandRaised = roomEvent.Type == EventTypes.HandRaised });
                return true;
            default:
                return false;
        }
    }

    private void Change(string? id, Func<Member, Member> change)
    {
        // A late change does not bring a former member back.
        var index = _members.FindIndex(member => member.Id == id);
        if (index >= 0)
            _members[index] = change(_members[index]);
    }
}
