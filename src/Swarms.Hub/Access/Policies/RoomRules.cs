using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// What a room's settings let its members do. The writer asks for every event of a person, in the transaction that stores it: so no door
/// can forget it, and nothing slips past a change of the settings. Pure.
/// </summary>
internal static class RoomRules
{
    private const int MaxNamedHosts = 3;

    /// <summary>
    /// True for what a person does. A run's endings may name a member who left meanwhile, such as the one who cancelled it.
    /// </summary>
    public static bool IsAct(string type, string? run, string? by) =>
        by is not null && (run is null || type.StartsWith("run.", StringComparison.Ordinal));

    /// <summary>Returns the refusal of an act; null if the room's settings allow it.</summary>
    /// <param name="settings">The settings in effect.</param>
    /// <param name="act">The act.</param>
    /// <param name="listHosts">Returns the names of the room's hosts, for the sentence.</param>
    public static HubErrorException? Refuse(RoomSettings settings, RoomAct act, Func<IReadOnlyList<string>> listHosts)
    {
        var (type, role, isHost) = (act.Type, act.Role, act.Role == MemberRoles.Host);
        if (settings.Archived && !IsAllowedInArchive(type, isHost))
        {
            return isHost
                ? Refusal("The room is archived, so it can only be read. Set archived to false first.")
                : Refusal($"The room is archived, so it can only be read. {Ask(listHosts())}");
        }

        // A proposal that is approved is queued by its proposer, but a host lets it.
        if (settings.Locked && !isHost && !act.IsApproved && !IsAllowedInLock(type))
            return Refusal($"The room is locked: only hosts act at the moment. {Ask(listHosts())}");

        if (!settings.ViewersMayTalk && role == MemberRoles.Viewer && IsTalk(type))
            return Refusal($"Viewers may only watch in this room. {Ask(listHosts())}");

        if (!isHost && type is EventTypes.RunApproved or EventTypes.RunPlaced)
            return Refusal($"Only a host decides about proposals. {Ask(listHosts())}");

        return type == EventTypes.RunQueued && !act.IsApproved && MustPropose(settings, act.Role, act.IsUnmoderated)
            ? new HubErrorException(ErrorCodes.Conflict, "The room became moderated at this moment. Start the run again, as a proposal.")
            : null;
    }

    /// <summary>
    /// True if such a member's runs are proposals. Hosts' own are not, and neither are those of programs that they exempted.
    /// </summary>
    public static bool MustPropose(RoomSettings settings, string role, bool isUnmoderated) =>
        settings.Moderated && role != MemberRoles.Host && !isUnmoderated;

    /// <summary>Returns the names of the hosts in order of joining.</summary>
    public static IReadOnlyList<string> HostsOf(RoomState state) =>
        [.. state.Members.Where(member => member.Role == MemberRoles.Host).Select(member => member.Name)];

    /// <summary>Returns the sentence that says who could allow it.</summary>
    public static string Ask(IReadOnlyList<string> hosts) => hosts.Count switch
    {
        0 => "Ask a host.",
        1 => $"Ask {hosts[0]}, its host.",
        <= MaxNamedHosts => $"Ask a host: {string.Join(", ", hosts)}.",
        _ => $"Ask a host: {string.Join(", ", hosts.Take(MaxNamedHosts))} or another.",
    };

    // People come, go and change their tokens in every room; hosts can still open the archive, and take things and rights away.
    private static bool IsAllowedInArchive(string type, bool isHost) =>
        IsMembership(type)
        || (isHost && type is EventTypes.RoomChanged or EventTypes.MemberChanged or EventTypes.MessageRemoved or EventTypes.RunHidden
            or EventTypes.RunShown or EventTypes.RunRemoved);

    // Taking back one's own hand disturbs nobody.
    private static bool IsAllowedInLock(string type) => IsMembership(type) || type == EventTypes.HandLowered;

    private static bool IsMembership(string type) =>
        type is EventTypes.MemberJoined or EventTypes.MemberLeft or EventTypes.MemberRekeyed;

    private static bool IsTalk(string type) => type is EventTypes.Message or EventTypes.MessageEdited or EventTypes.Reaction;

    private static HubErrorException Refusal(string sentence) => new(ErrorCodes.Forbidden, sentence);
}
