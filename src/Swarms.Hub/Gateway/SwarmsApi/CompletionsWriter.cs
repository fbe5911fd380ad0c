using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Writes a run's answer to the door's caller as the upstream gave it: status, headers, and JSON or frames. Each frame is one write,
/// after its event is committed. A caller who may not see costs gets it without them. A caller that hangs up or loses access ends only
/// this. Runs in the loop of the caller's request. Next: <see cref="CompletionsStream"/>.
/// </summary>
internal sealed class CompletionsWriter(IRoomDirectory rooms, JoinedRunWriter joinedWriter, DoorAnswers answers)
{
    /// <summary>Returns whether the upstream may have begun to work when the caller had its answer.</summary>
    public async Task<bool> WriteAsync(
        HttpContext context, RoomCaller caller, Run run, bool isStreamed, RunRelay relay, MemberConnections.Registration access)
    {
        context.Response.Headers["X-Run-Id"] = run.Id;
        SetMayRepeat(context, false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, access.Ended);
        try
        {
            return await AnswerAsync(context, caller, run, isStreamed, relay, access.Ended, ended.Token);
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
            await answers.FailAsync(context, e);
        }
        catch (Exception e)
        {
            await answers.FailAsync(context, run.Id, e);
        }
        finally
        {
            relay.Leave();
        }

        return true;
    }

    private async Task<bool> AnswerAsync(
        HttpContext context, RoomCaller caller, Run run, bool isStreamed, RunRelay relay, CancellationToken accessLost,
        CancellationToken cancellationToken)
    {
        var response = context.Response;
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var audience = new AudienceWatch(lease.Log, caller.Member.Id);
        var sse = answers.Stream(context);
        var stream = new CompletionsStream(sse, relay, audience);
        // An answer whose headers went out already is told within the stream.
        var opening = isStreamed
            ? await RunOpenings.WaitAsync(sse, relay, run, cancellationToken)
            : await relay.Opening.WaitAsync(cancellationToken);
        switch (opening)
        {
            case RelayOpening.Held:
                await joinedWriter.WriteHeldAsync(context, caller, run.Id, isStreamed, cancellationToken);
                return true;
            case RelayOpening.Answered { Json: not null } when response.HasStarted:
                await joinedWriter.WriteFramesAsync(answers.Stream(context), caller, run.Id, cancellationToken);
                return true;
            case RelayOpening.Answered { Json: { } json } answered:
                await SeenByRoomAsync(relay, cancellationToken);
                await WriteAsync(
                    response, answered.Status, answered.Headers, answered.ContentType ?? "application/json", json, audience,
                    cancellationToken);
                return true;
            case RelayOpening.Answered answered:
                if (!response.HasStarted)
                    Copy(answered.Headers, response);

                await stream.WriteAsync(accessLost, cancellationToken);
                return true;
            case RelayOpening.Refused { Refusal: var refused }:
                await SeenByRoomAsync(relay, cancellationToken);
                SetMayRepeat(context, !refused.MayHaveBegun);
                if (response.HasStarted || refused.Refusal is not { } refusal)
                    await answers.FailAsync(context, new HubErrorException(refused.Code, refused.Message));
                else
                    await WriteAsync(
                        response, refusal.Status, refusal.Headers, refusal.ContentType, refusal.Body, audience, cancellationToken);

                return refused.MayHaveBegun;
            case RelayOpening.Stopped stopped:
                var code = response.HasStarted ? stopped.Ending.Type : ErrorCodes.Conflict;
                await answers.FailAsync(context, new HubErrorException(code, RelayError.Sentence(stopped.Ending.Type, stopped.Reason)));
                return true;
            default:
                throw new InvalidOperationException("There is no other opening.");
        }
    }

    // Once work has begun it is paid for, and the official SDKs must not repeat the request by themselves. Else they do as without the hub.
    private static void SetMayRepeat(HttpContext context, bool mayRepeat)
    {
        if (context.Response.HasStarted)
            return;

        if (mayRepeat)
            context.Response.Headers.Remove("x-should-retry");
        else
            context.Response.Headers["x-should-retry"] = "false";
    }

    private static Task SeenByRoomAsync(RunRelay relay, CancellationToken cancellationToken) => relay.Ended.WaitAsync(cancellationToken);

    private static async Task WriteAsync(
        HttpResponse response, int status, IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType,
        ReadOnlyMemory<byte> given, AudienceWatch audience, CancellationToken cancellationToken)
    {
        var body = audience.Current == Audience.WithCosts ? given : MoneyFilter.FilterUpstream(given);
        Copy(headers, response);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    private static void Copy(IReadOnlyList<KeyValuePair<string, string>> headers, HttpResponse response)
    {
        foreach (var (name, value) in headers)
            response.Headers.Append(name, value);
    }
}
