using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Model;

/// <summary>
/// One room of a fake hub, whose log is all messages: it answers every viewer as the contract says, and lies where it is told to.
/// A room's name in a snapshot is its history's, so that a program's holdings say where they are from.
/// </summary>
internal sealed class LyingHub(FakeHub hub)
{
    public const string NeverSaid = "never said";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _logs = new() { ["h1"] = [] };
    private FakeViewer? _current;
    private bool _isNextBehind;
    private bool _isNextElsewhere;

    public string History { get; private set; } = "h1";

    public long Last => Log.Count;

    private List<string> Log => _logs[History];

    private string Cursor => $"{History}:{Last}";

    /// <summary>Receives viewers until it is stopped.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var viewer = await hub.AnyViewerAsync(cancellationToken);
            lock (_lock)
            {
                _current = viewer;
                Welcome_NeedsLock(viewer);
            }
        }
    }

    /// <summary>The text of that history at a sequence.</summary>
    public string TextAt(string history, long sequence)
    {
        lock (_lock)
            return _logs[history].ElementAtOrDefault((int)sequence - 1) ?? "nothing";
    }

    public void Append(int count)
    {
        lock (_lock)
        {
            var from = Last + 1;
            for (var i = 0; i < count; i++)
                Log.Add($"{History}/{Last + 1}");

            if (count > 0)
                _current?.Send(Events_NeedsLock(from));
        }
    }

    public void Do(FeedAct act)
    {
        lock (_lock)
            Do_NeedsLock(act);
    }

    private void Do_NeedsLock(FeedAct act)
    {
        switch (act.What)
        {
            case FeedAct.Kind.Complete:
                _current?.Complete();
                break;
            case FeedAct.Kind.ChangeHistory:
                Diverge_NeedsLock(act.Size);
                Cut_NeedsLock();
                break;
            case FeedAct.Kind.ChangeHistoryInMidStream:
                Diverge_NeedsLock(act.Size);
                _current?.Send(Snapshot_NeedsLock(SnapshotReasons.Diverged));
                break;
            case FeedAct.Kind.FallBehind:
                _isNextBehind = true;
                Cut_NeedsLock();
                break;
            case FeedAct.Kind.SnapshotInMidStream:
                _current?.Send(Snapshot_NeedsLock(SnapshotReasons.Behind));
                break;
            case FeedAct.Kind.SendTwice when Last > 0:
                _current?.Send(Events_NeedsLock(Math.Max(1, Last - act.Size)));
                break;
            case FeedAct.Kind.Skip:
                _current?.Send(Lie(History, Last + 2 + act.Size));
                break;
            case FeedAct.Kind.SendGarbage:
                object[] garbage =
                [
                    new { kind = 7 }, new { kind = "events", cursor = Cursor }, new { kind = "snapshot", cursor = Cursor },
                    Events(Event(0, "x")),
                ];
                _current?.Send(garbage[act.Size % garbage.Length]);
                break;
            case FeedAct.Kind.ResumeElsewhere:
                _isNextElsewhere = true;
                Cut_NeedsLock();
                break;
            case FeedAct.Kind.Cut:
                Cut_NeedsLock();
                break;
        }
    }

    private void Diverge_NeedsLock(int lost)
    {
        var kept = Log.Take((int)Math.Max(0, Last - lost)).ToList();
        History = $"h{_logs.Count + 1}";
        _logs[History] = kept;
    }

    private void Cut_NeedsLock()
    {
        _current?.Cut();
        _current = null;
    }

    private void Welcome_NeedsLock(FakeViewer viewer)
    {
        var hasCursor = RoomCursor.TryParse(viewer.Cursor ?? "", out var cursor);
        if (_isNextElsewhere)
        {
            _isNextElsewhere = false;
            viewer.Send(new RoomFrame { Kind = FrameKinds.Resumed, Cursor = $"elsewhere:{cursor.Sequence}" }, Lie(
                "elsewhere", cursor.Sequence + 1));
        }
        else if (!hasCursor || _isNextBehind || cursor.Token != History)
        {
            _isNextBehind = false;
            viewer.Send(Snapshot_NeedsLock(
                !hasCursor ? SnapshotReasons.First : cursor.Token == History ? SnapshotReasons.Behind : SnapshotReasons.Diverged));
        }
        else
        {
            viewer.Send(new RoomFrame { Kind = FrameKinds.Resumed, Cursor = viewer.Cursor!, Head = Last });
            if (cursor.Sequence < Last)
                viewer.Send(Events_NeedsLock(cursor.Sequence + 1));
        }
    }

    private RoomFrame Snapshot_NeedsLock(string reason) => Snapshot(Last, reason, History) with
    {
        Room = Frames.Room with { Name = History },
        Messages = [.. Enumerable.Range(1, (int)Last).TakeLast(200).Select(sequence => Said_NeedsLock(sequence)).Select(said =>
            new Message { Sequence = said.Sequence, At = said.At, By = Ada.Id, Text = said.Data.GetProperty("text").GetString()! })],
    };

    private RoomFrame Events_NeedsLock(long from) => new()
    {
        Kind = FrameKinds.Events,
        Cursor = Cursor,
        Events = [.. Enumerable.Range((int)from, (int)(Last - from + 1)).Select(sequence => Said_NeedsLock(sequence))],
    };

    private RoomEvent Said_NeedsLock(long sequence) => Event(sequence, EventTypes.Message, new { text = Log[(int)sequence - 1] });

    private static RoomFrame Lie(string history, long sequence) =>
        new()
        {
            Kind = FrameKinds.Events,
            Cursor = $"{history}:{sequence}",
            Events = [Event(
            sequence, EventTypes.Message, new { text = NeverSaid })]
        };
}
