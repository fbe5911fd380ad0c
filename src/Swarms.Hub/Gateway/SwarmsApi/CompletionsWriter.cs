using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Writes a run's answer to the door's caller as the upstream gave it: status, headers, and JSON or frames. Each frame is one write,
/// after its event is committed. A caller that hangs up or loses access ends only this. Runs in the loop of the caller's request.
/// Next: <see cref="CompletionsStream"/>.
/// </summary>
internal sealed class CompletionsWriter(TimeProvider time)
{
    public async Task WriteAsync(HttpContext context, string runId, RunRelay relay, MemberConnections.Registration access)
    {
        context.Response.Headers["X-Run-Id"] = runId;
        // The work has begun and is paid for, so the official SDKs must not repeat the request by themselves.
        context.Response.Headers["x-should-retry"] = "false";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, access.Ended);
        try
        {
            await AnswerAsync(context, relay, access.Ended, ended.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; the run goes on.
        }
        catch (Exception e) when (access.Ended.IsCancellationRequested && e is OperationCanceledException or HubErrorException)
        {
            // Also where the run's ending came first: losing access is its reason.
            await FailAsync(context, access.Reason);
        }
        catch (HubErrorException e)
        {
            await FailAsync(context, e);
        }
        finally
        {
            relay.Leave();
        }
    }

    private async Task AnswerAsync(
        HttpContext context, RunRelay relay, CancellationToken accessLost, CancellationToken cancellationToken)
    {
        var response = context.Response;
        switch (await relay.Opening.WaitAsync(cancellationToken))
        {
            case RelayOpening.Answered { Json: { } json } answered:
                await SeenByRoomAsync(relay, cancellationToken);
                await WriteAsync(
                    response, answered.Status, answered.Headers, answered.ContentType ?? "application/json", json, cancellationToken);
                break;
            case RelayOpening.Answered answered:
                Copy(answered.Headers, response);
                await new CompletionsStream(Stream(context), relay).WriteAsync(accessLost, cancellationToken);
                break;
            case RelayOpening.Refused { Refusal.Refusal: { } refusal }:
                await SeenByRoomAsync(relay, cancellationToken);
                await WriteAsync(response, refusal.Status, refusal.Headers, refusal.ContentType, refusal.Body, cancellationToken);
                break;
            case RelayOpening.Refused refused:
                await SeenByRoomAsync(relay, cancellationToken);
                throw new HubErrorException(refused.Refusal.Code, refused.Refusal.Message);
            case RelayOpening.Stopped stopped:
                throw new HubErrorException(ErrorCodes.Conflict, RelayError.Sentence(stopped.Ending));
        }
    }

    private static Task SeenByRoomAsync(RunRelay relay, CancellationToken cancellationToken) => relay.Ended.WaitAsync(cancellationToken);

    private static async Task WriteAsync(
        HttpResponse response, int status, IReadOnlyList<KeyValuePair<string, string>> headers, string? contentType,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Copy(headers, response);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    // The error is written here: the exception handler would clear the headers that name the run.
    private async Task FailAsync(HttpContext context, HubErrorException error)
    {
        if (!context.Response.HasStarted)
        {
            await HubErrorHandler.WriteAsync(context, error);
            return;
        }

        var response = Stream(context);
        response.WriteEvent(EventTypes.Error, RelayError.Data(error.Code, error.Message, time.GetUtcNow()));
        await response.FlushAsync(context.RequestAborted);
    }

    // The stream needs no timeout: the relay bounds the memory of a caller that does not read, and the run does not wait for it.
    private SseResponse Stream(HttpContext context) => new(context, Timeout.InfiniteTimeSpan, time, onStalled: static () => { });

    private static void Copy(IReadOnlyList<KeyValuePair<string, string>> headers, HttpResponse response)
    {
        foreach (var (name, value) in headers)
            response.Headers.Append(name, value);
    }
}
