using System.Threading.Channels;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Holds one run's events back: it appends them to the run's lane, and a loop of its own hands them to the room's output later. The run's
/// loop, the release loop and hosts take turns, so nothing that a host has masked is released. Next: <see cref="LaneLog"/> for hosts,
/// <see cref="RoomOutput"/> for the room.
/// </summary>
internal sealed partial class HeldOutput : IRunOutput, IDisposable
{
    private readonly ActiveRun _run;
    private readonly LaneLog _lane;
    private readonly IRunOutput _room;
    private readonly RunRegistry _registry;
    private readonly HostWatch _hosts;
    private readonly TimeProvider _time;
    private readonly TimeSpan _hostAbsence;
    private readonly ILogger _logger;
    private readonly HeldText _held = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _over;
    private readonly ITimer _timer;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Task? _releasing;
    private long _heldSince;
    private int _releasedTo;
    private bool _hasReleased;
    private bool _isOver;
    private int _masks;

    public HeldOutput(
        ActiveRun run, LaneLog lane, IRunOutput room, RunRegistry registry, HostWatch hosts, TimeSpan hostAbsence, TimeProvider time,
        ILogger logger)
    {
        (_run, _lane, _room, _registry, _hosts, _hostAbsence, _time, _logger) =
            (run, lane, room, registry, hosts, hostAbsence, time, logger);
        _over = CancellationTokenSource.CreateLinkedTokenSource(run.Stopped);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task MoveAsync(int position) => _room.MoveAsync(position);

    public Task WaitAsync(RunWaitingPayload waiting) => _room.WaitAsync(waiting);

    public async Task StartAsync(RunHistory? history)
    {
        // The caller at the door gets what is released, made into frames from the room's log.
        _run.Relay?.Hold();
        await _room.StartAsync(history);
        // The lane has begun, and holds nothing, where the upstream took no call before.
        if (_releasing is not null)
            return;

        await InLaneAsync(async () => await _lane.StartAsync(_run.Stopped));
        _hosts.Look();
        _releasing = ReleaseAsync();
    }

    // The upstream's own answer, its headers and frames would tell what is held.
    public void Begin(UpstreamResponse response)
    {
    }

    public void Refuse(UpstreamException refusal)
    {
    }

    public void Relay(SseFrame raw)
    {
    }

    public async Task AppendAsync(UpstreamEvent upstreamEvent, SseFrame? raw)
    {
        // A release that failed ends the run here.
        if (_releasing is { IsFaulted: true })
            await _releasing;

        await _turn.WaitAsync(_run.Stopped);
        try
        {
            var start = _held.Length;
            var grown = upstreamEvent.Text is { } text ? _held.Append(text) : null;
            await InLaneAsync(async () => Add(
                new HeldItem(
                    upstreamEvent, null, start, _held.Length, _time.GetTimestamp(),
                    await _lane.AppendAsync(upstreamEvent, grown, _run.Stopped))));
        }
        finally
        {
            _turn.Release();
        }

        Wake();
    }

    public async Task EndAsync(RunEnding ending, SseFrame? raw, bool hasSpent, params IReadOnlyList<RoomChange> changes)
    {
        try
        {
            ending = await FinishAsync(ending);
        }
        finally
        {
            // The lane goes first: what is dropped is gone when the room sees the ending.
            await CloseAsync(ending);
        }

        await _room.EndAsync(ending, raw: null, hasSpent, changes);
    }

    /// <summary>Looks again whether a host is here.</summary>
    public void HostsChanged()
    {
        _hosts.Look();
        Wake();
    }

    public void Dispose()
    {
        // The source is not disposed: the loop may still wait by it.
        _over.Cancel();
        _timer.Dispose();
        (_room as IDisposable)?.Dispose();
    }

    /// <summary>Returns the room's ending, once everything is released or the rest is dropped.</summary>
    private async Task<RunEnding> FinishAsync(RunEnding ending)
    {
        if (_releasing is null || _run.Reason is not null || !IsUpstreams(ending))
            return ending;

        try
        {
            await _turn.WaitAsync(_run.Stopped);
            try
            {
                await InLaneAsync(async () => Add(
                    new HeldItem(
                        null, ending, _held.Length, _held.Length, _time.GetTimestamp(), await _lane.EndAsync(ending, _run.Stopped))));
            }
            finally
            {
                _turn.Release();
            }

            // A run that must run alone, because nothing bounds what it spends, keeps its place until its spending is known.
            if (_run.Solitude == RunSolitude.None)
                _registry.Finished(_run);

            Wake();
            await _releasing;
            return ending;
        }
        catch (OperationCanceledException) when (_run.Reason is { } stop)
        {
            return stop == RunStop.TooLong
                ? RunEnding.Failed(ErrorCodes.TooLong, "The run took longer than it may (Runs:MaxDuration), and was ended.")
                : RunEnding.Of(stop);
        }
        catch (Exception e) when (e is not (LogClosedException or HubErrorException or OperationCanceledException))
        {
            Log.ReleaseFailed(_logger, _run.Id, e);
            return RunEnding.Failed(ErrorCodes.UpstreamError, "The hub failed at this run. The operator finds the reason in its log.");
        }
    }

    private async Task CloseAsync(RunEnding ending)
    {
        await _over.CancelAsync();
        if (_releasing is not null)
            await _releasing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await _turn.WaitAsync();
        try
        {
            _isOver = true;
            await _lane.CloseAsync(ending);
        }
        finally
        {
            _turn.Release();
        }
    }

    // The hub's own endings drop what is held.
    private static bool IsUpstreams(RunEnding ending) =>
        ending.Type == EventTypes.Done
        || (ending.Error is { } error && error.Code is not (ErrorCodes.TooLarge or ErrorCodes.TooLong or ErrorCodes.OverBudget));

    // A lane that is gone must end the run, not the room that it belongs to.
    private static async Task InLaneAsync(Func<Task> append)
    {
        try
        {
            await append();
        }
        catch (HubErrorException e)
        {
            throw new InvalidOperationException("The run's lane cannot be written.", e);
        }
    }

    private void Add(HeldItem item)
    {
        if (_held.Next is null)
            _heldSince = item.ReceivedAt;

        _held.Add(item);
    }

    private void Wake() => _signal.Writer.TryWrite(true);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The rest of run {Run} could not be released and is dropped.")]
        public static partial void ReleaseFailed(ILogger logger, string run, Exception exception);
    }
}
