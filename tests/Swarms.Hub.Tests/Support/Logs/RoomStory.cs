using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Support;

/// <summary>
/// A story of a room, told step by step. Any sequence of steps is a story that people and runs could have made. It knows the
/// state that its own events add up to, by the same fold as everybody, and gives each event the changes that ride in its commit.
/// </summary>
internal sealed class RoomStory(Room room)
{
    private static readonly string[] Agents = ["Ann", "Bob"];

    private readonly List<PendingEvent> _events = [];
    private RoomState _state = new(room);
    private int _ids;

    /// <summary>The room's log, from its first event.</summary>
    public IReadOnlyList<PendingEvent> Events => _events;

    /// <summary>The room's own beginning, before the story is told.</summary>
    public void Begin(PendingEvent first) => Add(first);

    /// <summary>Somebody else wrote on.</summary>
    public void Interpose(PendingEvent foreign) => Add(foreign);

    /// <summary>The fold of the first so many events.</summary>
    public RoomState FoldOf(long count)
    {
        var state = new RoomState(room);
        for (var i = 0; i < count; i++)
            state.Apply(_events[i].ToRoomEvent(i + 1));

        return state;
    }

    /// <summary>Forgets what was lost.</summary>
    public void CutTo(long count) => GoBackTo([.. _events[..(int)count]]);

    /// <summary>Goes on from another history.</summary>
    public void GoBackTo(IReadOnlyList<PendingEvent> events)
    {
        _events.Clear();
        _events.AddRange(events);
        _state = FoldOf(events.Count);
    }

    /// <summary>One more thing happens. Steps that make no sense now become a message, so that every step is one.</summary>
    public (IReadOnlyList<PendingEvent> Events, IReadOnlyList<RoomChange> Changes) Next(RoomStep step)
    {
        var from = _events.Count;
        var changes = new List<RoomChange>();
        Tell(step, changes);
        return (_events[from..], changes);
    }

    private void Tell(RoomStep step, List<RoomChange> changes)
    {
        var member = Pick(_state.Members, step.Pick);
        var run = Pick([.. _state.Runs.Where(one => !one.HasEnded)], step.Pick);
        switch (step.What)
        {
            case RoomStep.Kind.Join:
                var id = Id("m");
                var joined = new Member { Id = id, Name = $"Member {step.Pick} {id}", Role = MemberRoles.Viewer, JoinedAt = At() };
                changes.Add(new MemberChange.Add(joined));
                Add(EventTypes.MemberJoined, new { member = joined }, by: joined.Id);
                break;
            case RoomStep.Kind.Leave when member is not null:
                changes.Add(new MemberChange.Remove(member.Id));
                Add(EventTypes.MemberLeft, new { member = new { member.Id }, reason = "left" }, by: member.Id);
                break;
            case RoomStep.Kind.Rename when member is not null:
                var role = step.Size % 2 == 0 ? MemberRoles.Viewer : MemberRoles.Participant;
                var renamed = member with { Name = $"{member.Name}!", Role = role };
                changes.Add(new MemberChange.Change(member, renamed));
                Add(EventTypes.MemberChanged, new { member = renamed with { HandRaised = false } }, by: member.Id);
                break;
            case RoomStep.Kind.Hand when member is not null:
                changes.Add(new MemberChange.SetHand(member.Id, !member.HandRaised));
                Add(member.HandRaised ? EventTypes.HandLowered : EventTypes.HandRaised, new { }, by: member.Id);
                break;
            case RoomStep.Kind.React
                when Pick(_state.Messages, step.Pick) is { } message && message.Reactions.Sum(r => r.By.Count) <= step.Pick % 7:
                var by = $"m{message.Reactions.Sum(r => r.By.Count)}";
                changes.Add(new AddReaction(by, message.Sequence, Emoji(step)));
                Add(EventTypes.Reaction, new { emoji = Emoji(step), target = message.Sequence }, by: by);
                break;
            case RoomStep.Kind.RenameRoom:
                var settings = new RoomSettings { AgentsOnly = step.Size % 2 == 0, FromRoom = ["agentsOnly"] };
                var after = _state.Room with { Name = $"Room {step.Pick}", Settings = settings };
                changes.Add(new RoomChange.ChangeRoom(_state.Room, after));
                Add(EventTypes.RoomChanged, new RoomPayload(after.Name, settings));
                break;
            case RoomStep.Kind.Queue:
                Queue(step, changes);
                break;
            case RoomStep.Kind.Start when run is { State: RunStates.Queued }:
                AddOf(run, EventTypes.RunStarted, new { });
                changes.Add(new RunChange.Save(run.ToRun(), LogUnderTest.RunKey));
                break;
            case RoomStep.Kind.Move when run is { State: RunStates.Queued }:
                AddOf(run, EventTypes.RunMoved, new { position = step.Size });
                break;
            case RoomStep.Kind.Speak when run is not null:
                Speak(run, step);
                break;
            case RoomStep.Kind.Report when run is not null:
                AddOf(run, EventTypes.Metadata, new { jobId = $"job-{step.Pick}", name = "x" });
                var usage = new { inputTokens = step.Pick, outputTokens = (int?)null, totalTokens = step.Size, cost = 0.003m };
                AddOf(run, EventTypes.Usage, usage);
                AddOf(run, "agent_thought", new { depth = step.Size });
                break;
            case RoomStep.Kind.End when run is not null:
                End(run, step, changes);
                break;
            case RoomStep.Kind.WholeRun:
                var whole = Queue(step, changes);
                AddOf(whole, EventTypes.RunStarted, new { });
                Speak(whole, step);
                End(whole, step, changes);
                break;
            default:
                Add(EventTypes.Message, new { text = $"Message {step.Pick} 🦊" }, by: member?.Id ?? "m0");
                break;
        }
    }

    private RunState Queue(RoomStep step, List<RoomChange> changes)
    {
        var id = Id("r");
        var agent = new { name = "Writer", model = (string?)null };
        Add(EventTypes.RunQueued, new { kind = RunKinds.Agent, agent, task = TaskOf(step), position = step.Size % 3 }, id, "m0");
        var run = _state.FindRun(id)!;
        changes.Add(new RunChange.Save(run.ToRun(), LogUnderTest.RunKey));
        return run;
    }

    private void Speak(RunState run, RoomStep step)
    {
        // A step's size is a few letters most often and sometimes the whole of what a snapshot may hold.
        var content = new string((char)('a' + (step.Pick % 26)), step.Size);
        if (step.Pick % 3 == 0)
            AddOf(run, EventTypes.Chunk, new { content, agent = Agents[step.Pick % 2] });
        else
            AddOf(run, EventTypes.Chunk, new { content });
    }

    private void End(RunState run, RoomStep step, List<RoomChange> changes)
    {
        switch (step.Pick % 4)
        {
            case 0:
                AddOf(run, EventTypes.Error, new { code = ErrorCodes.UpstreamError, message = "no" });
                break;
            case 1:
                AddOf(run, EventTypes.Cancelled, new { reason = "requested" }, "m0");
                break;
            default:
                AddOf(run, EventTypes.Done, new { bytes = step.Size, sha256 = "00" });
                break;
        }

        // The store keeps a run's own fold, which no bound of a snapshot touches.
        changes.RemoveAll(change => change is RunChange.Save save && save.Run.Id == run.Id);
        changes.Add(new RunChange.Save(FoldOf(run.Id), LogUnderTest.RunKey));
    }

    private Run FoldOf(string runId)
    {
        RunState? fold = null;
        foreach (var roomEvent in _events.Where(e => e.Run == runId).Select(e => e.ToRoomEvent(0)))
        {
            if (fold is null)
                fold = RunState.FromFirst(roomEvent);
            else
                fold.Apply(roomEvent);
        }

        return fold!.ToRun();
    }

    private void AddOf<T>(RunState run, string type, T data, string? by = null) => Add(type, data, run.Id, by);

    private void Add<T>(string type, T data, string? run = null, string? by = null) => Add(run is null
        ? PendingEvent.Create(At(), type, by, data)
        : PendingEvent.OfRun(At(), type, new RunIdentity(run, LogUnderTest.RunKey), by, data));

    private void Add(PendingEvent pending)
    {
        _events.Add(pending);
        _state.Apply(pending.ToRoomEvent(_events.Count));
    }

    private DateTimeOffset At() => DateTimeOffset.UnixEpoch.AddMilliseconds(_events.Count);

    // Ids sort by creation, here as there.
    private string Id(string prefix) => $"{room.Id}-{prefix}{++_ids:D6}";

    private static T? Pick<T>(IReadOnlyList<T> list, int pick) where T : class => list.Count == 0 ? null : list[pick % list.Count];

    // Many of the longest fill the bound that tasks and texts share.
    private static string TaskOf(RoomStep step) =>
        step.Pick % 4 == 0 ? new string('t', Run.MaxTaskLength) : $"Task {step.Pick}";

    private static string Emoji(RoomStep step) => step.Size % 2 == 0 ? "👍" : "🎉";
}
