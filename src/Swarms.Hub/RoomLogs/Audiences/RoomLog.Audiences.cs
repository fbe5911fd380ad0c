using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>Decides who sees costs. Every reader asks it, at the moment whose state it reads.</content>
internal sealed partial class RoomLog
{
    private int _audienceVersion;

    /// <summary>Changes with every event after which a member may be of another audience.</summary>
    public int AudienceVersion => Volatile.Read(ref _audienceVersion);

    /// <summary>
    /// Returns the audience of a member; null stands for the hub itself, which sees everything. A member who left sees costs only where
    /// everybody does.
    /// </summary>
    public Audience AudienceOf(string? memberId)
    {
        lock (_lock)
            return AudienceOf_NeedsLock(memberId);
    }

    /// <summary>Returns the run as the member may see it now.</summary>
    public Run ShowTo(string memberId, Run run) => AudienceOf(memberId) == Audience.WithCosts ? run : MoneyFilter.Hide(run);

    /// <summary>Returns the room as the member may see it now.</summary>
    public Room ShowTo(string memberId, Room room) => AudienceOf(memberId) == Audience.WithCosts ? room : MoneyFilter.Hide(room);

    // A new member has no stream yet, and the streams of one who leaves are ended.
    private static bool ChangesAudiences(RoomEvent roomEvent) =>
        roomEvent.Run is null && roomEvent.Type is EventTypes.MemberChanged or EventTypes.RoomChanged or EventTypes.RoomCreated;

    private Audience AudienceOf_NeedsLock(string? memberId)
    {
        if (memberId is null || _state.Room.Settings is not { } settings)
            return Audience.WithCosts;

        // A large room in which everybody sees costs is spared the search.
        return settings.ShowsMoneyTo("") || (_state.FindMember(memberId) is { } member && settings.ShowsMoneyTo(member.Role))
            ? Audience.WithCosts
            : Audience.WithoutCosts;
    }
}
