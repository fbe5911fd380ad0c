using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Tells in words what people and the hub did outside runs: who came, left, raised a hand, voted, changed the room. Names no figures of
/// money. Used by the loop that reads the log, with every event outside runs in order.
/// </summary>
internal sealed class PeopleActs
{
    private const string Hub = "The hub";

    private readonly Dictionary<string, MemberPayload.Card> _members = [];
    private readonly Dictionary<string, string> _agents = [];
    private readonly Dictionary<string, int> _placeInGroup = [];
    private RoomPayload? _room;

    // The creator has no name before the next event.
    private string? _creator;

    /// <summary>Returns the act; null for an event that has an entry of its own, or none.</summary>
    public TranscriptEntry.Acted? Tell(RoomEvent said, TranscriptNames names)
    {
        var who = said.By is null ? Hub : names.Of(said.By);
        var told = said.Type switch
        {
            EventTypes.RoomCreated or EventTypes.RoomChanged => OfRoom(RoomPayload.Read(said.Data), said.By),
            EventTypes.MemberJoined or EventTypes.MemberChanged => OfMember(MemberPayload.Read(said.Data).Member, said.By),
            EventTypes.MemberLeft => OfLeaving(MemberLeftPayload.Read(said.Data), said.By, names),
            EventTypes.AgentChanged => OfAgent(AgentPayload.Read(said.Data).Agent),
            EventTypes.AgentRemoved =>
                new Told("removes the agent", _agents.GetValueOrDefault(AgentRemovedPayload.Read(said.Data).Agent.Id)),
            EventTypes.HandRaised => new Told("raises a hand"),
            EventTypes.HandLowered => HandPayload.Read(said.Data).Member is { } member
                ? new Told("lowers the hand of", names.Of(member))
                : new Told("lowers the hand"),
            EventTypes.GroupStarted => OfGroup(GroupStartedPayload.Read(said.Data)),
            EventTypes.GroupVoted => OfVote(GroupVotedPayload.Read(said.Data)),
            EventTypes.GroupRevealed => OfResults(GroupRevealedPayload.Read(said.Data)),
            EventTypes.RunHidden => new Told($"hides {Phrase(RunHiddenPayload.Read(said.Data).Run)}"),
            EventTypes.RunShown => new Told($"shows {Phrase(RunHiddenPayload.Read(said.Data).Run)} again"),
            EventTypes.RunRemoved => new Told($"removes {Phrase(RunRemovedPayload.Read(said.Data).Run)}"),
            EventTypes.BudgetWarned => OfBudget(BudgetWarnedPayload.Read(said.Data), names),
            _ => null,
        };
        return told is null ? null : new TranscriptEntry.Acted(said.At, told.Act, told.Name, told.Rest, told.Who ?? who);
    }

    private Told? OfRoom(RoomPayload room, string? by)
    {
        var before = _room;
        _room = room;
        if (before is null)
        {
            _creator = by;
            return null;
        }

        if (before.Name != room.Name)
            return new Told("renames the room to", room.Name);

        var changed = ChangedSettings(before.Settings, room.Settings);
        return changed.Length == 0 ? null : new Told($"changes the settings: {changed}");
    }

    private Told? OfMember(MemberPayload.Card member, string? by)
    {
        var before = _members.GetValueOrDefault(member.Id);
        _members[member.Id] = member;
        var role = Role(member.Role);
        if (before is null)
        {
            if (member.Id == _creator)
                return new Told("creates the room", _room?.Name, $" and joins as {role}") { Who = member.Name };

            return by is null || by == member.Id
                ? new Told($"joins as {role}") { Who = member.Name }
                : new Told("admits", member.Name, $" as {role}");
        }

        return before.Name != member.Name ? new Told("is now called", member.Name) { Who = before.Name }
            : before.Role != member.Role ? new Told("makes", member.Name, $" a {role}")
            : null;
    }

    private static Told OfLeaving(MemberLeftPayload left, string? by, TranscriptNames names) =>
        left.Reason == LeaveReasons.Left || by == left.Member.Id
            ? new Told("leaves") { Who = names.Of(left.Member.Id) }
            : new Told("removes", names.Of(left.Member.Id));

    private Told OfAgent(RoomAgent agent)
    {
        var isNew = !_agents.ContainsKey(agent.Id);
        _agents[agent.Id] = agent.Name;
        return new Told(isNew ? "adds the agent" : "changes the agent", agent.Name);
    }

    private Told OfGroup(GroupStartedPayload group)
    {
        for (var i = 0; i < group.Runs.Count; i++)
            _placeInGroup[group.Runs[i]] = i + 1;

        return new Told($"asks {Number(group.Runs.Count)} runs at once{(group.IsBlind ? ", blind until revealed" : "")}");
    }

    private Told OfVote(GroupVotedPayload vote) =>
        new(vote.Run is null ? "takes a vote back" : $"votes for {Phrase(vote.Run)}");

    private Told OfResults(GroupRevealedPayload revealed)
    {
        var results = revealed.Results.Select(
            result => $"{Phrase(result.Run)}: {Number(result.Votes)} {(result.Votes == 1 ? "vote" : "votes")}");
        var told = string.Join(", ", results);
        return new Told(told.Length == 0 ? "ends the vote" : $"ends the vote: {told}");
    }

    private static Told OfBudget(BudgetWarnedPayload warned, TranscriptNames names)
    {
        var percent = $"says that {Number(warned.Percent)} % of the budget of";
        return warned.Scope switch
        {
            BudgetScopes.Member => new Told(percent, names.Of(warned.Key), " is used") { Who = Hub },
            BudgetScopes.Model => new Told(percent, warned.Key, " is used") { Who = Hub },
            BudgetScopes.Hub => new Told($"{percent} the hub is used") { Who = Hub },
            _ => new Told($"{percent} the room is used") { Who = Hub },
        };
    }

    // Amounts of money are for those who may see them; nobody needs them here.
    private static string ChangedSettings(RoomSettings? before, RoomSettings? after)
    {
        if (after is null)
            return "";

        var (old, now) = (before ?? RoomSettings.Initial, after);
        return string.Join(", ", new[]
        {
            Flag("locked", old.Locked, now.Locked),
            Flag("moderated", old.Moderated, now.Moderated),
            Flag("viewers may talk", old.ViewersMayTalk, now.ViewersMayTalk),
            Flag("agents only", old.AgentsOnly, now.AgentsOnly),
            Flag("archived", old.Archived, now.Archived),
            old.RetentionSeconds == now.RetentionSeconds ? null : "retention",
            old.ShowMoney == now.ShowMoney ? null : "who sees costs",
            old.Budget == now.Budget ? null : "budget",
            old.HoldBack == now.HoldBack ? null : "hold-back",
        }.OfType<string>());

        static string? Flag(string name, bool before, bool after) => before == after ? null : $"{name} {(after ? "on" : "off")}";
    }

    private string Phrase(string run) =>
        _placeInGroup.TryGetValue(run, out var place) ? $"run {Number(place)} of the group" : $"run {CleanText.Line(run)}";

    private static string Role(string role) => role is MemberRoles.Host or MemberRoles.Participant ? role : MemberRoles.Viewer;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Told(string Act, string? Name = null, string Rest = "")
    {
        public string? Who { get; init; }
    }
}
