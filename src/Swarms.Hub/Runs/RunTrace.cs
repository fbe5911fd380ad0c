using System.Diagnostics;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The spans of one run, below the call that started it: the run, its waits, and its first chunk until the commit and until the last viewer
/// took it. The run's loop alone calls it. Where nobody listens it holds nothing. A blind run's spans tell nothing that its room may not
/// know. The upstream's span is <see cref="Upstream.MeasuredUpstream"/>'s.
/// </summary>
internal sealed class RunTrace
{
    // No span waits longer for a viewer that does not read.
    private static readonly TimeSpan MaxDelivery = TimeSpan.FromSeconds(30);

    private readonly Activity? _run;
    private readonly RoomLog _log;
    private readonly TimeProvider _time;
    private Activity? _wait;
    private bool _hasChunk;

    /// <summary>Begins the run's span and its wait.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parent">The span of the call that started it.</param>
    /// <param name="time">The hub's clock.</param>
    public RunTrace(ActiveRun run, ActivityContext parent, TimeProvider time)
    {
        (_log, _time) = (run.Log, time);
        _run = HubActivities.Begin("run", parent);
        _run?.SetTag("swarms_hub.room.id", run.Log.Id);
        _run?.SetTag("swarms_hub.run.id", run.Id);
        _run?.SetTag("swarms_hub.run.kind", run.Shown.Kind);
        _wait = BeginBelow("wait for a turn");
    }

    /// <summary>Makes the run's span the current one of the caller's flow, below which upstreams make theirs.</summary>
    public void Enter()
    {
        if (_run is not null)
            Activity.Current = _run;
    }

    /// <summary>The upstream is called now.</summary>
    public void Start()
    {
        _wait?.End();
        _wait = null;
    }

    /// <summary>The upstream takes no call at the moment.</summary>
    public void Wait()
    {
        Start();
        _wait = BeginBelow("wait for the upstream");
    }

    /// <summary>An event of the upstream waits to be stored.</summary>
    public void Append(string type, Task<long> committed)
    {
        if (_run is null || _hasChunk || type != EventTypes.Chunk)
            return;

        _hasChunk = true;
        _ = FollowAsync(committed);
    }

    public void End(string ending, string? error)
    {
        Start();
        _run?.SetTag("swarms_hub.run.ending", ending);
        if (error is not null)
            _run?.Fail(error);

        _run?.End();
    }

    private Activity? BeginBelow(string name) => _run is null ? null : HubActivities.Begin(name, _run.Context);

    private async Task FollowAsync(Task<long> committed)
    {
        var commit = BeginBelow("commit the first chunk");
        await ((Task)committed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The run's loop meets the same failure, and handles it.
        if (!committed.IsCompletedSuccessfully)
            commit?.Fail(ErrorCodes.StorageUnavailable);

        commit?.End();
        if (!committed.IsCompletedSuccessfully)
            return;

        var delivery = BeginBelow("deliver the first chunk");
        var watch = _log.Readers.Watch(await committed);
        await watch.Taken.WaitAsync(MaxDelivery, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        delivery?.SetTag("swarms_hub.sequence", watch.Sequence);
        delivery?.SetTag("swarms_hub.viewers", watch.Viewers);
        delivery?.End();
    }
}
