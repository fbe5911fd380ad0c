using System.Buffers;
using BenchmarkDotNet.Attributes;
using Swarms.Hub.Delivery;
using Swarms.Hub.Hubs.Wire;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub;

/// <summary>The cost of one commit of 16 chunks for every viewer of a room, up to the bytes that SignalR gets.</summary>
[MemoryDiagnoser]
public class ViewerPumpBenchmark
{
    private readonly PendingEvent[] _events = BenchmarkHub.Chunks(16);
    private readonly EventLink?[] _links = [.. Enumerable.Range(0, 16).Select(_ => EventLink.CreateFirst())];
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<Task> _viewers = [];
    private BenchmarkHub _hub = null!;
    private RoomLog _log = null!;
    private TaskCompletionSource _allHaveIt = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    [Params(1, 10, 1000)]
    public int Viewers { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _hub = new BenchmarkHub();
        _log = _hub.CreateRoom();
        Expect();
        for (var i = 0; i < Viewers; i++)
            _viewers.Add(ViewAsync());

        await _allHaveIt.Task;
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _stopped.CancelAsync();
        await Task.WhenAll(_viewers);
        _hub.Dispose();
    }

    /// <summary>The cost of any fan-out that wakes a task for each viewer and does nothing there.</summary>
    [Benchmark(Baseline = true)]
    public async Task WakeTasks()
    {
        var wake = _wake;
        _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var woken = new Task[Viewers];
        for (var i = 0; i < woken.Length; i++)
            woken[i] = WaitAsync(wake.Task);

        wake.SetResult();
        await Task.WhenAll(woken);
    }

    [Benchmark]
    public async Task Deliver()
    {
        Expect();
        _log.Publish(CommittedBatch.Encode(_log.Head + 1, _events, _links), _events);
        await _allHaveIt.Task;
    }

    private static async Task WaitAsync(Task wake) => await wake;

    private void Expect()
    {
        _allHaveIt = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _missing = Viewers;
    }

    private async Task ViewAsync()
    {
        var connection = new ArrayBufferWriter<byte>(8192);
        try
        {
            await foreach (var frame in new ViewerPump(_log, memberId: null, _hub.Metrics).ReadAsync(default, _stopped.Token))
            {
                connection.ResetWrittenCount();
                ViewerFrameWriter.Write("1", frame, connection);
                if (Interlocked.Decrement(ref _missing) == 0)
                    _allHaveIt.SetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }
}
