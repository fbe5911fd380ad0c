using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// One run's loop: waits for its turn, reads the upstream, appends each event to the room's log, and writes the one ending,
/// whatever happens. Owns the run's text and digest. A full log holds it back, and with it the upstream. The twin of
/// <see cref="Delivery.ViewerPump"/>, which reads the log that this one writes. Next: <see cref="IUpstream"/> for what it reads,
/// <see cref="RoomLog.ContinueAsync"/> for where it goes.
/// </summary>
internal sealed partial class RunPump(
    ActiveRun run, RunState state, RunRegistry registry, IUpstream upstream, RunOptions options, HubMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>
    /// Returns when the ending is durable and visible. Throws a <see cref="HubErrorException"/> where the log that the run continues is
    /// gone: its room was deleted, or loaded anew.
    /// </summary>
    public async Task RunAsync()
    {
        PendingEvent? ending = null;
        try
        {
            await WaitForTurnAsync();
            await StartAsync();
            await using var response = await upstream.SendAsync(
                new UpstreamRequest(run.Request.Kind, run.Request.Body, run.Request.IsStreamed), run.Stopped);
            registry.Sent(run);
            run.Relay?.Begin(response);
            ending = await PumpAsync(response);
        }
        catch (UpstreamException e)
        {
            ending = Error(e.Code, e.Message);
            run.Relay?.Refuse(e);
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

    private async Task WaitForTurnAsync()
    {
        await foreach (var position in run.Moves.ReadAllAsync(run.Stopped))
        {
            // The first is most often what run.queued said.
            if (state.ToRun().Position == position)
                continue;

            var moved = Create(EventTypes.RunMoved, new RunMovedPayload(position));
            await run.Log.ContinueAsync(run.Generation, [moved], Durability.Process, run.Stopped);
            state.Apply(moved.ToRoomEvent(0));
        }
    }

    private async Task StartAsync()
    {
        var started = Create(EventTypes.RunStarted, new RunStartedPayload());
        var running = new RunState(state.ToRun());
        running.Apply(started.ToRoomEvent(0));
        await run.Log.ContinueAsync(run.Generation, [started], Durability.Process, run.Stopped, new RunChange.Save(running.ToRun(), run.Identity.Key));
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
                return upstreamEvent.Type == EventTypes.Done ? Done() : PendingEvent.OfRunJson(time.GetUtcNow(), upstreamEvent.Type, run.Identity, null, upstreamEvent.Data);
            }

            if (upstreamEvent.Text is { } text && !Add(text))
                return Error(ErrorCodes.TooLarge, $"The text grew beyond {options.MaxTextBytes} bytes (Runs:MaxTextBytes), and the run was ended.");

            await AppendAsync(upstreamEvent, frame.Raw);
        }

        throw new InvalidOperationException("An upstream's last frame is an ending.");
    }

    private async Task AppendAsync(UpstreamEvent upstreamEvent, SseFrame? raw)
    {
        var pending = PendingEvent.OfRunJson(time.GetUtcNow(), upstreamEvent.Type, run.Identity, null, upstreamEvent.Data);
        // Invariant: the state holds what the log accepted and nothing else, also where a stop comes while the log is full.
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
        // The whole text is copied here, and this may be the thread of all sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        state.Apply(ending.ToRoomEvent(0));
        // Without a token: the ending is written however long the disk takes.
        var commit = await run.Log.ContinueAsync(run.Generation, [ending], Durability.Power, CancellationToken.None, new RunChange.Save(state.ToRun(), run.Identity.Key));
        // Before anyone sees the ending: who has seen it finds the place free.
        registry.Finished(run);
        await commit.Committed;
        run.Relay?.End(ending);
        metrics.RunEnded(ending.Type);
        Log.RunEnded(logger, run.Id, ending.Type, _bytes);
    }

    private PendingEvent Done() => Create(EventTypes.Done, new DonePayload(_bytes, Convert.ToHexStringLower(_digest.GetHashAndReset())));

    private PendingEvent Error(string code, string message) => Create(EventTypes.Error, new RunError(code, message));

    private PendingEvent Create<T>(string type, T data, string? by = null) => PendingEvent.OfRun(time.GetUtcNow(), type, run.Identity, by, data);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} ended with {Ending} after {Bytes} bytes.")]
        public static partial void RunEnded(ILogger logger, string run, string ending, long bytes);

        [LoggerMessage(2, LogLevel.Error, "Run {Run} failed inside the hub.")]
        public static partial void RunFailed(ILogger logger, string run, Exception exception);
    }
}
