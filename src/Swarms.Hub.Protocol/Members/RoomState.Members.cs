namespace Swarms.Hub.Protocol;

/// <content>The members and their hands, and the names of those who left.</content>
public sealed partial class RoomState
{
    /// <summary>The number of former members whose names are kept; the first to join go first.</summary>
    public const int MaxFormerMembers = 500;

    private readonly List<Member> _members = [];
    private readonly List<FormerMember> _formerMembers = [];

    /// <summary>The present members in order of joining.</summary>
    public IReadOnlyList<Member> Members => _members;

    /// <summary>The members who left and whom a run, a message or a reaction here still names, by time of joining.</summary>
    public IReadOnlyList<FormerMember> FormerMembers => _formerMembers;

    /// <summary>Returns the present member with this id; null if there is none.</summary>
    public Member? FindMember(string? id) => id is null ? null : _members.Find(member => member.Id == id);

    /// <summary>Returns the name of the present or former member with this id; null if neither has it.</summary>
    public string? FindName(string? id) => FindMember(id)?.Name ?? _formerMembers.Find(former => former.Id == id)?.Name;

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
                Change(changed.Member.Id, before => changed.ToMember(before.HandRaised, before.HandRaisedAt));
                return true;
            case EventTypes.MemberLeft:
                Leave(MemberLeftPayload.Read(roomEvent.Data).Member.Id);
                return true;
            case EventTypes.HandRaised:
                Change(roomEvent.By, member => member with { HandRaised = true, HandRaisedAt = roomEvent.At });
                return true;
            case EventTypes.HandLowered:
                var lowered = HandPayload.Read(roomEvent.Data).Member ?? roomEvent.By;
                Change(lowered, member => member with { HandRaised = false, HandRaisedAt = null });
                return true;
            default:
                return false;
        }
    }

    private void Leave(string id)
    {
        var left = FindMember(id);
        _members.RemoveAll(member => member.Id == id);
        if (left is null || !IsNamed(id))
            return;

        var former = new FormerMember(id, left.Name, left.JoinedAt);
        var index = _formerMembers.FindIndex(other => Compare(other, former) > 0);
        _formerMembers.Insert(index < 0 ? _formerMembers.Count : index, former);
        if (_formerMembers.Count > MaxFormerMembers)
            _formerMembers.RemoveAt(0);
    }

    // Called when a run, a message or a reaction that named members is dropped.
    private void ForgetUnnamed() => _formerMembers.RemoveAll(former => !IsNamed(former.Id));

    private bool IsNamed(string id) =>
        _runs.Exists(run => run.Names(id))
        || _messages.Exists(message => message.Names(id))
        || _groups.Exists(group => Names(group, id));

    private static int Compare(FormerMember one, FormerMember other) =>
        one.JoinedAt == other.JoinedAt ? string.CompareOrdinal(one.Id, other.Id) : one.JoinedAt.CompareTo(other.JoinedAt);

    private void Change(string? id, Func<Member, Member> change)
    {
        // A late change does not bring a former member back.
        var index = _members.FindIndex(member => member.Id == id);
        if (index >= 0)
            _members[index] = change(_members[index]);
    }
}
