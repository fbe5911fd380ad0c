using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Rebuilds a room's rows from its events alone, by the folds that clients have, so that no row says what the log does not. Holds all texts
/// of the room's runs. Used by one command, with the events in order.
/// </summary>
/// <param name="roomKey">The room's number in the store.</param>
/// <param name="room">The room before its first event.</param>
internal sealed class RebuiltRoom(long roomKey, Room room)
{
    private readonly RoomState _state = new(room);
    private readonly Dictionary<string, (long FirstSequence, RunState State)> _runs = [];
    private readonly Dictionary<string, MemberRow> _members = [];
    private readonly Dictionary<string, long> _agents = [];
    private readonly Dictionary<string, RunGroupRow> _groups = [];
    private readonly Dictionary<(long, string, string), ReactionRow> _reactions = [];
    private readonly Dictionary<(long, string, string, string), PassageReactionRow> _passages = [];

    /// <summary>The room after the events so far.</summary>
    public Room Room => _state.Room;

    public IReadOnlyCollection<string> MemberIds => _members.Keys;

    public IReadOnlyCollection<string> RunIds => _runs.Keys;

    public void Apply(RoomEvent said)
    {
        if (said.Run is { } id)
        {
            if (_runs.TryGetValue(id, out var run))
                run.State.Apply(said);
            else if (said.Type is EventTypes.RunProposed or EventTypes.RunQueued)
                _runs.Add(id, (said.Sequence, RunState.FromFirst(said)));

            return;
        }

        switch (said.Type)
        {
            case EventTypes.RoomCreated or EventTypes.RoomChanged or EventTypes.Spending or EventTypes.AgentRemoved:
                _state.Apply(said);
                break;
            case EventTypes.AgentChanged:
                _agents.TryAdd(AgentPayload.Read(said.Data).Agent.Id, said.Sequence);
                _state.Apply(said);
                break;
            case EventTypes.RunHidden or EventTypes.RunShown:
                _runs.GetValueOrDefault(RunHiddenPayload.Read(said.Data).Run).State?.Apply(said);
                break;
            case EventTypes.RunRemoved:
                Remove(said);
                break;
            case EventTypes.MessageRemoved:
                var target = MessageRemovedPayload.Read(said.Data).Target;
                foreach (var key in _reactions.Keys.Where(key => key.Item1 == target).ToList())
                    _reactions.Remove(key);
                break;
            case EventTypes.Reaction or EventTypes.ReactionRemoved:
                React(said);
                break;
            case EventTypes.GroupStarted or EventTypes.GroupVoted or EventTypes.GroupRevealed:
                ApplyToGroup(said);
                break;
            default:
                ApplyToMember(said);
                break;
        }
    }

    /// <summary>Adds the rows to the tables, but for the events.</summary>
    /// <param name="context">The tables, in a transaction.</param>
    /// <param name="originSequence">The sequence at which the chain begins.</param>
    /// <param name="originLink">The link there.</param>
    /// <param name="runKeys">The keys of the runs' data.</param>
    public void AddTo(HubDbContext context, long originSequence, byte[] originLink, IReadOnlyDictionary<string, byte[]?> runKeys)
    {
        context.Add(new RoomRow
        {
            Key = roomKey,
            Id = Room.Id,
            Name = Room.Name,
            CreatedAt = Room.CreatedAt,
            Settings = RoomRow.Write(Room.Settings),
            RetentionSeconds = Room.Settings?.RetentionSeconds,
            OriginSequence = originSequence,
            OriginLink = originLink,
        });
        context.AddRange(_members.Values);
        context.AddRange(_runs.Select(run => RowOf(run.Value.FirstSequence, run.Value.State.ToRun(), runKeys.GetValueOrDefault(run.Key))));
        context.AddRange(_groups.Values);
        context.AddRange(_reactions.Values);
        context.AddRange(_passages.Values);
        context.AddRange(_state.Agents.Select(agent => new AgentRow
        {
            RoomKey = roomKey,
            Id = agent.Id,
            FirstSequence = _agents.GetValueOrDefault(agent.Id),
            View = JsonSerializer.Serialize(agent, ProtocolJson.Options),
        }));
        if (_state.Spending is { } spending)
            context.Add(new SpendingRow { RoomKey = roomKey, Sums = SpendingRow.Write(spending) });
    }

    private RunRow RowOf(long firstSequence, Run run, byte[]? key)
    {
        var isRemoved = run.RemovedAt is not null;
        var hasEnded = RunStates.HasEnded(run.State);
        return new RunRow
        {
            Id = run.Id,
            RoomKey = roomKey,
            FirstSequence = firstSequence,
            Task = isRemoved ? "" : run.Task,
            ThreadRoot = run.Thread?.Root,
            DataKey = isRemoved ? null : key,
            HasEnded = hasEnded,
            Text = hasEnded && !isRemoved ? run.Text : null,
            View = JsonSerializer.Serialize(run with { Text = null, Parts = hasEnded ? run.Parts : null }, ProtocolJson.Options),
        };
    }

    private void Remove(RoomEvent said)
    {
        var id = RunRemovedPayload.Read(said.Data).Run;
        _runs.GetValueOrDefault(id).State?.Apply(said);
        foreach (var (key, row) in _passages.ToList())
        {
            if (row.RunId == id)
                _passages.Remove(key);
        }
    }

    private void React(RoomEvent said)
    {
        var (emoji, target, passage) = ReactionPayload.Read(said.Data);
        if (said.By is not { } by)
            return;

        var isGiven = said.Type == EventTypes.Reaction;
        if (passage is not null)
        {
            var place = PassageReactionRow.KeyOf(passage);
            if (!isGiven)
            {
                _passages.Remove((passage.From, by, emoji, place));
                return;
            }

            _passages.TryAdd((passage.From, by, emoji, place), new PassageReactionRow
            {
                RoomKey = roomKey,
                Target = passage.From,
                MemberId = by,
                Emoji = emoji,
                Passage = place,
                RunId = passage.Run,
                Sequence = said.Sequence,
            });
        }
        else if (isGiven)
        {
            _reactions.TryAdd(
                (target, by, emoji),
                new ReactionRow { RoomKey = roomKey, Target = target, MemberId = by, Emoji = emoji, Sequence = said.Sequence });
        }
        else
        {
            _reactions.Remove((target, by, emoji));
        }
    }

    private void ApplyToGroup(RoomEvent said)
    {
        if (said.Type == EventTypes.GroupStarted)
        {
            var started = new RoomState(room);
            started.Apply(said);
            var group = started.Groups[0];
            _groups.TryAdd(
                group.Id,
                new RunGroupRow { RoomKey = roomKey, Id = group.Id, FirstSequence = said.Sequence, View = RunGroupRow.Write(group) });
            return;
        }

        var id = said.Type == EventTypes.GroupVoted ? GroupVotedPayload.Read(said.Data).Group : GroupRevealedPayload.Read(said.Data).Group;
        if (!_groups.TryGetValue(id, out var row))
            return;

        var runs = row.ToGroup().Runs.Where(_runs.ContainsKey).Select(run => _runs[run].State.ToRun()).ToList();
        var state = RaceApplier.Fold(row.ToGroup(), runs, said);
        row.View = RunGroupRow.Write(state.FindGroup(id)!);
        if (said.Type != EventTypes.GroupRevealed)
            return;

        row.RevealSequence = said.Sequence;
        foreach (var run in runs)
        {
            var shown = state.FindRun(run.Id)!.ToRun();
            _runs[run.Id] = (_runs[run.Id].FirstSequence, new RunState(shown with { Text = run.Text, Parts = run.Parts }));
        }
    }

    private void ApplyToMember(RoomEvent said)
    {
        switch (said.Type)
        {
            case EventTypes.MemberJoined or EventTypes.MemberChanged:
                Set(MemberPayload.Read(said.Data).Member, said);
                break;
            case EventTypes.MemberLeft when _members.TryGetValue(MemberLeftPayload.Read(said.Data).Member.Id, out var left):
                (left.HasLeft, left.NameKey, left.NameLook) = (true, null, null);
                break;
            case EventTypes.HandRaised when said.By is { } by && _members.TryGetValue(by, out var raised):
                (raised.HandRaised, raised.HandRaisedAt) = (true, said.At);
                break;
            case EventTypes.HandLowered when (HandPayload.Read(said.Data).Member ?? said.By) is { } by
                && _members.TryGetValue(by, out var lowered):
                (lowered.HandRaised, lowered.HandRaisedAt) = (false, null);
                break;
        }
    }

    private void Set(MemberPayload.Card card, RoomEvent said)
    {
        if (!_members.TryGetValue(card.Id, out var row))
        {
            row = new MemberRow
            {
                Id = card.Id,
                RoomKey = roomKey,
                FirstSequence = said.Sequence,
                Name = card.Name,
                Role = card.Role,
                JoinedAt = card.JoinedAt,
                MadeBy = said.By == card.Id ? null : said.By,
            };
            _members.Add(card.Id, row);
        }

        if (row.Role != card.Role)
            row.IsRoleLowered = RoleRank.Of(card.Role) < RoleRank.Of(row.Role);

        var key = NameKey.Of(card.Name);
        (row.Name, row.Role, row.Unmoderated) = (card.Name, card.Role, card.Unmoderated);
        (row.NameKey, row.NameLook) = row.HasLeft ? (null, null) : (key.Folded, key.Look);
    }
}
