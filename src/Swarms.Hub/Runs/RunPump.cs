using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// One run's loop: waits for a host if it is a proposal, and for its turn, reads the upstream, appends each event to the room's log, and
/// always writes one ending. Owns the run's text and digest. A full queue makes it wait, and its upstream too. Its twin
/// <see cref="Delivery.ViewerPump"/> reads the log. Next: <see cref="IUpstream"/> for the events, <see cref="RoomLog"/> for the room,
/// <see cref="RunRelay"/> for a caller at the door.
/// </summary>
internal sealed partial class RunPump(
    ActiveRun run, RunState state, RunRegistry registry, RunBudgets budgets, IUpstream upstream, RunOptions options, HubMetrics metrics,
    TimeProvider time, ILogger logger)
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;
    private long _eventBytes;
    private bool _hasSpent;

    /// <summary>
    /// Returns when the ending is durable and visible. Throws a <see cref="HubErrorException"/> if the run's room was deleted or reloaded.
    /// </summary>
    public async Task RunAsync()
    {
        PendingEvent? ending = null;
        try
        {
            await WaitForApprovalAsync();
            await WaitForTurnAsync();
            if (registry.RefuseTurn(run) is { } refusal)
            {
                ending = Error(refusal.Code, refusal.Message);
                return;
            }

            using var limit = time.CreateTimer(_ => run.Stop(RunStop.TooLong), null, options.MaxDuration, Timeout.InfiniteTimeSpan);
            await StartAsync();
            _hasSpent = true;
            await using var response = await upstream.SendAsync(
                new UpstreamRequest(run.Request.Kind, run.Request.Body, run.Request.IsStreamed) { Secrets = run.Request.Secrets },
                run.Stopped);
            registry.Sent(run);
            run.Relay?.Begin(response);
            ending = await PumpAsync(response);
        }
        catch (UpstreamException e)
        {
            _hasSpent = e.MayHaveBegun;
            ending = Error(e.Code, e.Message);
            run.Relay?.Refuse(e);
        }
        catch (OperationCanceledException) when (run.Reason == RunStop.TooLong)
        {
            ending = Error(ErrorCodes.TooLong, $"The run took longer than {options.MaxDuration} (Runs:MaxDuration), and was ended.");
        }
        catch (OperationCanceledException) when (run.Reason == RunStop.Suspended)
        {
            // The next start of the hub takes it up again.
        }
        catch (OperationCanceledException) when (run.Reason is not null)
        {
            ending = Create(run.Reason.Ending, new RunReasonPayload(run.Reason.Reason), run.Reason.By);
        }
        catch (Exception e) when (e is not (LogClosedException or HubErrorException))
        {
            Log.RunFailed(logger, run.Id, e);
            ending = Error(ErrorCodes.UpstreamError, "The hub failed at this run. The operator finds the reason in its log.");
        }
        finally
        {
            _digest.Dispose();
            if (ending is not null)
                await EndAsync(ending);
        }
    }

    private async Task WaitForApprovalAsync()
    {
        if (run.Proposal is not { } proposal)
            return;

        try
        {
            state = await proposal.Approved.WaitAsync(run.Stopped);
        }
        catch (OperationCanceledException)
        {
            // The ending follows an approval that is under way.
            state = await proposal.CloseAsync() ?? state;
            throw;
        }
    }

    private async Task WaitForTurnAsync()
    {
        await foreach (var position in run.Moves.ReadAllAsync(run.Stopped))
        {
            // The first place is usually the one in run.queued.
            if (state.ToRun().Position == position)
                continue;

            var moved = Create(EventTypes.RunMoved, new RunMovedPayload(position));
            await run.Log.ContinueAsync(run.Generation, [moved], Durability.Process, run.Stopped);
            state.Apply(moved.ToRoomEvent(0));
        }

        // A run that was stopped while it waited may get its turn all the same, from one that was stopped with it.
        run.Stopped.ThrowIfCancellationRequested();
    }

    private async Task StartAsync()
    {
        var started = Create(EventTypes.RunStarted, new RunStartedPayload());
        var running = new RunState(state.ToRun());
        running.Apply(started.ToRoomEvent(0));
        var saved = new RunChange.Save(running.ToRun(), run.Identity.Key);
        await run.Log.ContinueAsync(run.Generation, [started], Durability.Process, run.Stopped, saved);
        state.Apply(started.ToRoomEvent(0));
    }

    private async Task<PendingEvent> PumpAsync(UpstreamResponse response)
    {
        await foreach (var frame in response.ReadFramesAsync(run.Stopped))
        {
            if (frame.Event is not { } upstreamEvent)
            {
                if (frame.Raw is not null)
                    run.Relay?.Add(frame.Raw, run.LastAppend);

                continue;
            }

            if (EventTypes.IsEnding(upstreamEvent.Type))
            {
                run.Relay?.AddEnding(frame.Raw);
                return upstreamEvent.Type == EventTypes.Done ? Done() : Create(upstreamEvent);
            }

            if (upstreamEvent.Text is { } text && !Add(text))
            {
                return Error(
                    ErrorCodes.TooLarge,
                    $"The text grew beyond {options.MaxTextBytes} bytes (Runs:MaxTextBytes), and the run was ended.");
            }

            var pending = Create(upstreamEvent);
            _eventBytes += pending.Weight;
            if (_eventBytes > options.MaxEventBytes)
            {
                return Error(
                    ErrorCodes.TooLarge,
                    $"The run's events grew beyond {options.MaxEventBytes} bytes (Runs:MaxEventBytes), and the run was ended.");
            }

            await AppendAsync(pending, frame.Raw);
        }

        throw new InvalidOperationException("An upstream's last frame is an ending.");
    }

    private async Task AppendAsync(PendingEvent pending, SseFrame? raw)
    {
        // Invariant: the state holds exactly the accepted events, even if a stop comes while the queue is full.
        var commit = await run.Log.ContinueAsync(run.Generation, [pending], Durability.Process, run.Stopped);
        state.Apply(pending.ToRoomEvent(0));
        run.LastAppend = commit.Committed;
        if (raw is not null)
            run.Relay?.Add(raw, commit.Committed);
    }

    private bool Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_bytes + bytes.Length > options.MaxTextBytes)
            return false;

        _bytes += bytes.Length;
        _digest.AppendData(bytes);
        return true;
    }

    private async Task EndAsync(PendingEvent ending)
    {
        // The state's text is copied here, and this may be the thread of all sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        state.Apply(ending.ToRoomEvent(0));
        // No token: the ending is written however long the disk takes.
        var commit = await budgets.EndAsync(
            run.Log, run.Generation, ending, state.ToRun(), run.Identity.Key, _hasSpent, CancellationToken.None);
        // The place is freed first, so that a client that sees the ending can start the next run.
        registry.Finished(run);
        await commit.Committed;
        run.Relay?.End(ending);
        metrics.RunEnded(ending.Type);
        Log.RunEnded(logger, run.Id, ending.Type, _bytes);
    }

    private PendingEvent Done() => Create(EventTypes.Done, new DonePayload(_bytes, Convert.ToHexStringLower(_digest.GetHashAndReset())));

    private PendingEvent Error(string code, string message) => Create(EventTypes.Error, new RunError(code, message));

    private PendingEvent Create<T>(string type, T data, string? by = null) =>
        PendingEvent.OfRun(time.GetUtcNow(), type, run.Identity, by, data);

    private PendingEvent Create(UpstreamEvent upstreamEvent) =>
        PendingEvent.OfRunJson(time.GetUtcNow(), upstreamEvent.Type, run.Identity, null, upstreamEvent.Data);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} ended with {Ending} after {Bytes} bytes.")]
        public static partial void RunEnded(ILogger logger, string run, string ending, long bytes);

        [LoggerMessage(2, LogLevel.Error, "Run {Run} failed inside the hub.")]
        public static partial void RunFailed(ILogger logger, string run, Exception exception);
    }
}
