using BenchmarkDotNet.Attributes;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub;

/// <summary>The cost of a stored commit of 16 chunks for the writer's loop: encoding, folding, waking.</summary>
[MemoryDiagnoser]
public class RoomLogBenchmark
{
    private readonly PendingEvent[] _events = BenchmarkHub.Chunks(16);
    private readonly EventLink?[] _links = [.. Enumerable.Range(0, 16).Select(_ => EventLink.CreateFirst())];
    private readonly List<RoomSignal> _signals = [];
    private BenchmarkHub _hub = null!;
    private RoomLog _log = null!;

    [Params(1, 10, 1000)]
    public int Viewers { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _hub = new BenchmarkHub();
        _log = _hub.CreateRoom();
        for (var i = 0; i < Viewers; i++)
        {
            var signal = new RoomSignal();
            _signals.Add(signal);
            _log.Readers.Subscribe(signal);
        }
    }

    [GlobalCleanup]
    public void Stop() => _hub.Dispose();

    /// <summary>The part that does not depend on the number of viewers.</summary>
    [Benchmark(Baseline = true)]
    public int Encode() => CommittedBatch.Encode(_log.Head + 1, _events, _links).Frame.Length;

    /// <summary>Publishes to viewers that are all busy writing, so that none has to be woken.</summary>
    [Benchmark]
    public long Publish()
    {
        _log.Publish(CommittedBatch.Encode(_log.Head + 1, _events, _links), _events);
        return _log.Head;
    }

    /// <summary>Adverse case: every viewer waits and is handed to the pool.</summary>
    [Benchmark]
    public async Task<long> PublishToWaiting()
    {
        var woken = _signals.ConvertAll(WaitAsync);
        _log.Publish(CommittedBatch.Encode(_log.Head + 1, _events, _links), _events);
        await Task.WhenAll(woken);
        return _log.Head;
    }

    private static async Task WaitAsync(RoomSignal signal)
    {
        signal.Reset();
        await signal.WaitAsync();
    }
}
