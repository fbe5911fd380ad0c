using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Delivery;

/// <summary>
/// Writes a viewer's frames as server-sent events: <c>id:</c> is the cursor, <c>event:</c> the type, <c>data:</c> the event. One loop for
/// each response writes all available events at once. Next: <see cref="SseResponse"/>.
/// </summary>
internal sealed class SseFeed(
    ViewerSessions viewers, IOptions<DeliveryOptions> options, HubMetrics metrics, TimeProvider time, HubShutdown shutdown)
{
    public async Task WriteAsync(HttpContext context, RoomCaller caller, ViewerStart from, CancellationToken aborted)
    {
        var response = new SseResponse(context, options.Value.SendTimeout, time, metrics.ViewerStalled);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Drained);
        await using var session = await viewers.OpenAsync(caller, from, stopping.Token);
        var next = session.Frames.MoveNextAsync().AsTask();
        try
        {
            // The first frame decides between a stream and an error with a status.
            await next;
            response.Begin();
            while (await response.WaitAsync(
                next, options.Value.PingInterval, sse => sse.WriteEvent(null, SseEvents.Ping, "{}"u8), stopping.Token))
            {
                await WriteAsync(response, session.Frames.Current, stopping.Token);
                next = session.Frames.MoveNextAsync().AsTask();
            }
        }
        catch (Exception e) when (session.Explain(e) is HubErrorException reason)
        {
            if (!response.HasBegun)
                throw reason;

            await CloseAsync(response, new RunError(reason.Code, reason.Message), aborted);
        }
        catch (OperationCanceledException)
            when (shutdown.Drained.IsCancellationRequested && !aborted.IsCancellationRequested && response.HasBegun)
        {
            await CloseAsync(response, new RunError(ErrorCodes.Draining, "The hub stops. Come back with the last id."), aborted);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader left, or the hub stops.
        }
        finally
        {
            // The enumerator must not be disposed while it moves.
            await stopping.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static Task CloseAsync(SseResponse response, RunError reason, CancellationToken aborted)
    {
        response.WriteEvent(null, SseEvents.Closed, JsonSerializer.SerializeToUtf8Bytes(reason, ProtocolJson.Options));
        return response.FlushAsync(aborted);
    }

    private static async Task WriteAsync(SseResponse response, ViewerFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Kind == FrameKinds.Events)
        {
            foreach (var batch in frame.Batches)
            {
                foreach (var committed in batch.Events)
                    response.WriteEvent(committed.Position.ToString(batch.Audience), committed.Type, committed.Json.Span);
            }
        }
        else
        {
            await response.WriteLongEventAsync(frame.Cursor, frame.Kind, frame.Json!.Value, cancellationToken);
        }

        await response.FlushAsync(cancellationToken);
    }
}
