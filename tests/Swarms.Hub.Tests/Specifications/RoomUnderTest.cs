using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>A room of the suite: its log in memory, and the chain that the suite computes itself.</summary>
internal sealed class RoomUnderTest
{
    public RoomUnderTest(RoomLog log, Room room)
    {
        (Log, FirstLink) = (log, log.Position.Link!.Value);
        Created = Commit([LogUnderTest.Event(EventTypes.RoomCreated, new { name = room.Name })], new RoomChange.CreateRoom(room));
    }

    public RoomLog Log { get; set; }

    public string Id => Log.Id;

    /// <summary>Link 0, which is random.</summary>
    public EventLink FirstLink { get; }

    /// <summary>The commit that creates it, with one event.</summary>
    public PendingCommit Created { get; }

    public PendingCommit Commit(IReadOnlyList<PendingEvent> events, params IReadOnlyList<RoomChange> changes) =>
        new(Log, Log.Generation, events, changes, Durability.Process);

    /// <summary>A commit that survives the loss of power, with one event.</summary>
    public PendingCommit CommitForPower(string word, params IReadOnlyList<RoomChange> changes) =>
        new(Log, Log.Generation, [LogUnderTest.Chunk(word)], changes, Durability.Power);

    /// <summary>A commit with a chunk for each word.</summary>
    public PendingCommit Say(params string[] words) => Commit([.. words.Select(word => LogUnderTest.Chunk(word))]);

    /// <summary>A commit with which a member joins.</summary>
    public PendingCommit Join(string memberId, string role = MemberRoles.Participant, params RoomChange[] more)
    {
        var member = new Member { Id = memberId, Name = $"Name of {memberId}", Role = role, JoinedAt = DateTimeOffset.UnixEpoch };
        var joined = LogUnderTest.Event(EventTypes.MemberJoined, new { member }, by: memberId);
        return Commit([joined], [new MemberChange.Add(member), .. more]);
    }

    /// <summary>The change of its name from the one that it has.</summary>
    public RoomChange Rename(string name, string? by = null, string? from = null)
    {
        var room = Log.Query(state => state.Room);
        return new RoomChange.ChangeRoom(room with { Name = from ?? room.Name }, room with { Name = name }, by);
    }

    /// <summary>A commit that queues a run.</summary>
    public PendingCommit Queue(string runId, string task = "Test", params RoomChange[] more)
    {
        var data = new { kind = RunKinds.Agent, agent = new { name = "Writer" }, task, position = 0 };
        return Commit([LogUnderTest.Event(EventTypes.RunQueued, data, runId, "ann")], [Save(runId, RunStates.Queued, task), .. more]);
    }

    /// <summary>A commit that ends a run with a text.</summary>
    public PendingCommit End(string runId, string text, string task = "Test")
    {
        var data = new { bytes = text.Length, sha256 = "00" };
        return Commit([LogUnderTest.Event(EventTypes.Done, data, runId)], Save(runId, EventTypes.Done, task, text));
    }

    public static RunChange.Save Save(string runId, string state, string task = "Test", string? text = null) => new(
        new Run
        {
            Id = runId,
            Kind = RunKinds.Agent,
            Agent = new RunAgent("Writer", null),
            Task = task,
            By = "ann",
            State = state,
            QueuedAt = DateTimeOffset.UnixEpoch,
            Text = text,
        },
        LogUnderTest.RunKey);

    /// <summary>Computes the room's position after each of its events from link 0.</summary>
    public IEnumerable<LogPosition> ChainOf(IEnumerable<PendingEvent> events)
    {
        var position = new LogPosition(0, FirstLink);
        foreach (var next in events)
            yield return position = new LogPosition(position.Sequence + 1, position.Link!.Value.Next(position.Sequence + 1, next));
    }
}
