using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Writes the answer of a run that an earlier call started: its frames, or JSON once the run has ended. Runs in the loop of the caller's
/// request. Next: <see cref="JoinedRun"/> for the frames, <see cref="SseResponse"/> for the wire.
/// </summary>
internal sealed class JoinedRunWriter(JoinedRun joined, DoorAnswers answers)
{
    public async Task WriteAsync(HttpContext context, RoomCaller caller, string runId, bool isStreamed)
    {
        context.Response.Headers["X-Run-Id"] = runId;
        context.Response.Headers["x-should-retry"] = "false";
        try
        {
            if (isStreamed)
                await WriteFramesAsync(answers.Stream(context), caller, runId, context.RequestAborted);
            else
                await WriteJsonAsync(context, caller, runId, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; the run goes on.
        }
        catch (HubErrorException e)
        {
            await answers.FailAsync(context, e);
        }
        catch (Exception e)
        {
            await answers.FailAsync(context, runId, e);
        }
    }

    /// <summary>Writes what the room is given of a run whose text is held back. The caller has the run's headers.</summary>
    public Task WriteHeldAsync(
        HttpContext context, RoomCaller caller, string runId, bool isStreamed, CancellationToken cancellationToken) =>
        isStreamed || context.Response.HasStarted
            ? WriteFramesAsync(answers.Stream(context), caller, runId, cancellationToken)
            : WriteJsonAsync(context, caller, runId, cancellationToken);

    /// <summary>Writes the run from its beginning. Returns when it has ended.</summary>
    public async Task WriteFramesAsync(SseResponse response, RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        if (!response.HasBegun)
            response.Begin();

        await response.FlushAsync(cancellationToken);
        var frames = new RunFrames();
        await using var pieces = joined.ReadAsync(caller, runId, from: null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        // The token ends the frames, not the wait: an enumerator must not be disposed while it moves.
        while (await response.WaitAsync(
            pieces.MoveNextAsync().AsTask(),
            RunOpenings.KeepAliveInterval,
            sse => sse.WriteComment("keep-alive"),
            CancellationToken.None))
        {
            foreach (var frame in frames.Of(pieces.Current))
            {
                response.WriteEvent(frame.Name, frame.Data);
                await response.FlushAsync(cancellationToken);
            }
        }
    }

    private async Task WriteJsonAsync(HttpContext context, RoomCaller caller, string runId, CancellationToken cancellationToken)
    {
        var run = await joined.WaitAsync(caller, runId, cancellationToken);
        if (run.Error is { } error)
            throw new HubErrorException(error.Code, error.Message);

        if (run.State != EventTypes.Done)
            throw new HubErrorException(ErrorCodes.Conflict, RelayError.Sentence(run.State, run.Reason));

        await context.Response.WriteAsJsonAsync(RunFrames.Answer(run), ProtocolJson.Options, cancellationToken);
    }
}
