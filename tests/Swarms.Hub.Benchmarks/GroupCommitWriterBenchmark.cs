using BenchmarkDotNet.Attributes;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub;

/// <summary>The cost of storing waiting chunks, each appended by itself, as runs do.</summary>
[MemoryDiagnoser]
// An iteration of one commit would show the disk's first page and not a commit.
[InvocationCount(16, unrollFactor: 1)]
public class GroupCommitWriterBenchmark
{
    private BenchmarkHub _hub = null!;
    private RoomLog _log = null!;
    private PendingEvent[] _events = null!;

    [Params(1, 10, 1000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _hub = new BenchmarkHub();
        _log = _hub.CreateRoom();
        _events = BenchmarkHub.Chunks(Waiting);
    }

    [IterationCleanup]
    public void Checkpoint() => _hub.Checkpoint();

    [GlobalCleanup]
    public void Stop() => _hub.Dispose();

    /// <summary>Stores each chunk in its own transaction, as a writer without groups would.</summary>
    [Benchmark(Baseline = true)]
    public void CommitEach()
    {
        foreach (var pending in _events)
            _hub.Store([Pending(pending, Durability.Process)]);
    }

    [Benchmark]
    public void CommitTogether() => _hub.Store([.. _events.Select(pending => Pending(pending, Durability.Process))]);

    /// <summary>Adverse case: an ending is among them, so the disk must sync.</summary>
    [Benchmark]
    public void CommitTogetherSynced() => _hub.Store([.. _events.Select(pending => Pending(pending, Durability.Power))]);

    private PendingCommit Pending(PendingEvent pending, Durability durability) => new(_log, 0, [pending], [], durability);
}
