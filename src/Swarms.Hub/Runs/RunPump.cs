using System.Text;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// One run's loop: waits for a host if it is a proposal, for its turn, and while its upstream takes no call; reads the upstream, hands each
/// event to the run's output, and always writes one ending. A full queue makes it wait, and its upstream too. Its twin
/// <see cref="Delivery.ViewerPump"/> reads the log.
/// Next: <see cref="IUpstream"/> for the events, <see cref="RoomOutput"/> for the room.
/// </summary>
internal sealed partial class RunPump(
    ActiveRun run, RunState state, RunRegistry registry, RunOutputs outputs, ThreadHistories histories, IUpstream upstream,
    RunOptions options, HubMetrics metrics, TimeProvider time, ILogger logger)
{
    private IRunOutput? _output;
    private long _bytes;
    private long _eventBytes;
    private SseFrame? _lastFrame;
    private bool _hasSpent;
    private DateTimeOffset _waitingUntil;

    private IRunOutput Output => _output ??= outputs.Open(run, state);

    /// <summary>
    /// Returns when the ending is durable and visible. Throws a <see cref="HubErrorException"/> if the run's room was deleted or reloaded.
    /// </summary>
    public async Task RunAsync()
    {
        RunEnding? ending = null;
        try
        {
            await WaitForApprovalAsync();
            await WaitForTurnAsync();
            ending = await CallAsync();
        }
        catch (UpstreamException e)
        {
            ending = RunEnding.Failed(e.Code, e.Message);
            Output.Refuse(e);
        }
        catch (OperationCanceledException) when (run.Reason == RunStop.TooLong)
        {
            ending = RunEnding.Failed(
                ErrorCodes.TooLong, $"The run took longer than {options.MaxDuration} (Runs:MaxDuration), and was ended.");
        }
        catch (OperationCanceledException) when (run.Reason == RunStop.Suspended)
        {
            // The next start of the hub takes it up again.
        }
        catch (OperationCanceledException) when (run.Reason is not null)
        {
            ending = RunEnding.Of(run.Reason);
        }
        catch (Exception e) when (e is not (LogClosedException or HubErrorException))
        {
            Log.RunFailed(logger, run.Id, e);
            ending = RunEnding.Failed(
                ErrorCodes.UpstreamError, "The hub failed at this run. The operator finds the reason in its log.");
        }
        finally
        {
            if (ending is not null)
                await EndAsync(ending);

            (_output as IDisposable)?.Dispose();
        }
    }

    // A program at a door is told of a limit, and knows itself what to do about it. People wait.
    private async Task<RunEnding> CallAsync()
    {
        var wait = new RunRateWait(run.Relay is null ? upstream.FindLimit(run.Request.Kind, run.Request.Body) : null, time);
        try
        {
            while (true)
            {
                if (registry.RefuseTurn(run) is { } refusal)
                    return RunEnding.Failed(refusal.Code, refusal.Message);

                if (wait.Enter() is { } hold)
                    await WaitForUpstreamAsync(hold, wait.Attempts);
                else if (await TryCallAsync(wait) is { } ending)
                    return ending;
            }
        }
        finally
        {
            wait.Leave();
        }
    }

    // Null if the upstream refused the call for a limit that the run waits for.
    private async Task<RunEnding?> TryCallAsync(RunRateWait wait)
    {
        using var limit = time.CreateTimer(_ => run.Stop(RunStop.TooLong), null, options.MaxDuration, Timeout.InfiniteTimeSpan);
        var (body, history) = await histories.ComposeAsync(run);
        run.Trace?.Start();
        await Output.StartAsync(history);
        _hasSpent = true;
        try
        {
            await using var response = await upstream.SendAsync(
                new UpstreamRequest(run.Request.Kind, body, run.Request.IsStreamed)
                {
                    Path = run.Request.Path,
                    Secrets = run.Request.Secrets,
                    IsBlind = run.Race is { IsBlind: true },
                },
                run.Stopped);
            wait.Accept();
            registry.Sent(run);
            Output.Begin(response);
            return await PumpAsync(response);
        }
        catch (UpstreamException e)
        {
            _hasSpent = e.MayHaveBegun;
            if (wait.TryWait(e))
                return null;

            throw;
        }
    }

    // The place at the upstream is others' meanwhile: they may call another upstream.
    private async Task WaitForUpstreamAsync(RateLimit.Hold hold, int attempts)
    {
        // The trial of another run is over in a moment, and no news for the room.
        if (state.State != RunStates.Queued || (!hold.IsTrial && hold.Until != _waitingUntil))
            await Output.WaitAsync(new RunWaitingPayload(hold.Until, attempts, hold.Reason));

        run.Trace?.Wait();
        _waitingUntil = hold.Until;
        registry.Wait(run);
        await WaitUntilAsync(hold);
        registry.Return(run);
        await WaitForTurnAsync();
    }

    private async Task WaitUntilAsync(RateLimit.Hold hold)
    {
        var left = hold.Until - time.GetUtcNow();
        if (left > TimeSpan.Zero)
            await hold.Changed.WaitAsync(left, time, run.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        run.Stopped.ThrowIfCancellationRequested();
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
        var since = time.GetTimestamp();
        await foreach (var position in run.Moves.ReadAllAsync(run.Stopped))
            await Output.MoveAsync(position);

        metrics.RunHadTurn(time.GetElapsedTime(since));
        // A run that was stopped while it waited may get its turn all the same, from one that was stopped with it.
        run.Stopped.ThrowIfCancellationRequested();
    }

    private async Task<RunEnding> PumpAsync(UpstreamResponse response)
    {
        await foreach (var frame in response.ReadFramesAsync(run.Stopped))
        {
            if (frame.Event is not { } upstreamEvent)
            {
                if (frame.Raw is not null)
                    Output.Relay(frame.Raw);

                continue;
            }

            if (EventTypes.IsEnding(upstreamEvent.Type))
            {
                _lastFrame = frame.Raw;
                return RunEnding.Of(upstreamEvent);
            }

            _bytes += upstreamEvent.Text is { } text ? Encoding.UTF8.GetByteCount(text) : 0;
            if (_bytes > options.MaxTextBytes)
                return TooLarge("text", options.MaxTextBytes, nameof(options.MaxTextBytes));

            _eventBytes += PendingEvent.WeightOf(upstreamEvent.Data);
            if (_eventBytes > options.MaxEventBytes)
                return TooLarge("events", options.MaxEventBytes, nameof(options.MaxEventBytes));

            await Output.AppendAsync(upstreamEvent, frame.Raw);
        }

        throw new InvalidOperationException("An upstream's last frame is an ending.");
    }

    private static RunEnding TooLarge(string part, long most, string setting) =>
        RunEnding.Failed(ErrorCodes.TooLarge, $"The run's {part} grew beyond {most} bytes (Runs:{setting}), and the run was ended.");

    private async Task EndAsync(RunEnding ending)
    {
        await Output.EndAsync(ending, _lastFrame, _hasSpent);
        metrics.RunEnded(ending.Type, ending.Error?.Code);
        run.Trace?.End(ending.Type, ending.Error?.Code);
        Log.RunEnded(logger, run.Id, ending.Type, _bytes);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} ended with {Ending} after {Bytes} bytes.")]
        public static partial void RunEnded(ILogger logger, string run, string ending, long bytes);

        [LoggerMessage(2, LogLevel.Error, "Run {Run} failed inside the hub.")]
        public static partial void RunFailed(ILogger logger, string run, Exception exception);
    }
}
