using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Writes a run's answer to the chat door's caller, from the run's committed events as that caller may see them. A refusal of the upstream
/// passes with its status and words. A caller that hangs up or loses access ends only this. Runs in the loop of the caller's request.
/// Next: <see cref="ChatReplies"/>.
/// </summary>
internal sealed class ChatWriter(JoinedRun joined, ChatReplies replies, ChatRefusals refusals, ChatAnswers answers)
{
    public async Task WriteAsync(HttpContext context, RoomCaller caller, ChatCall call, MemberConnections.Registration access)
    {
        context.Response.Headers["X-Run-Id"] = call.RunId;
        // Once work has begun it is paid for, and libraries must not repeat the call by themselves.
        context.Response.Headers["x-should-retry"] = "false";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, access.Ended);
        try
        {
            if (call.Started is { } run)
                await AnswerAsync(context, caller, call, run, ended.Token);
            else
                await JoinAsync(context, caller, call, ended.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; the run goes on.
        }
        catch (Exception e) when (access.Ended.IsCancellationRequested && e is OperationCanceledException or HubErrorException)
        {
            // Also where the run's ending came first: losing access is its reason.
            await answers.FailAsync(context, access.Reason);
        }
        catch (HubErrorException e)
        {
            await FailAsync(context, call, e);
        }
        catch (Exception e)
        {
            await answers.FailAsync(context, call.RunId, e);
        }
        finally
        {
            call.Relay.Leave();
        }
    }

    private async Task AnswerAsync(HttpContext context, RoomCaller caller, ChatCall call, Run run, CancellationToken cancellationToken)
    {
        var relay = call.Relay;
        // An answer whose headers went out already is told within the stream.
        var opening = call.IsStreamed
            ? await RunOpenings.WaitAsync(answers.Stream(context), relay, run, cancellationToken)
            : await relay.Opening.WaitAsync(cancellationToken);
        // The events are read from the log, so nobody reads the upstream's own frames.
        relay.Leave();
        switch (opening)
        {
            case RelayOpening.Refused refusal:
                // The room sees the refusal before its caller does.
                await relay.Ended.WaitAsync(cancellationToken);
                if (refusal.Refusal.MayHaveBegun)
                    call.Remembered?.Fail();
                else
                    call.Remembered?.Forget();

                await refusals.WriteAsync(context, caller, refusal, cancellationToken);
                return;
            case RelayOpening.Stopped stopped:
                var code = context.Response.HasStarted ? stopped.Ending.Type : ErrorCodes.Conflict;
                throw new HubErrorException(code, RelayError.Sentence(stopped.Ending.Type, stopped.Reason));
            case RelayOpening.Answered answered when !context.Response.HasStarted:
                foreach (var (name, value) in answered.Headers)
                    context.Response.Headers.Append(name, value);

                break;
        }

        await replies.WriteAsync(context, caller, call, run.QueuedAt, cancellationToken);
    }

    private async Task JoinAsync(HttpContext context, RoomCaller caller, ChatCall call, CancellationToken cancellationToken)
    {
        var run = await joined.FindAsync(caller, call.RunId, cancellationToken);
        // A run that failed already is told by the status, and not within a stream that seems to begin.
        if (RunStates.HasEnded(run.State) && run.State != EventTypes.Done)
        {
            throw run.Error is { } error
                ? new HubErrorException(error.Code, error.Message)
                : new HubErrorException(ErrorCodes.Conflict, RelayError.Sentence(run.State, run.Reason));
        }

        await replies.WriteAsync(context, caller, call, run.QueuedAt, cancellationToken);
    }

    // A failure that is told by the status makes many libraries repeat the call. One within the stream does not.
    private Task FailAsync(HttpContext context, ChatCall call, HubErrorException error)
    {
        if (context.Response.HasStarted || call.Remembered is null)
            return answers.FailAsync(context, error);

        call.Remembered.Fail();
        return answers.FailAsync(context, new HubErrorException(
            error.Code, $"{error.Message} The same call gets this answer for a minute; after that it starts a new run.", error.RetryAfter));
    }
}
