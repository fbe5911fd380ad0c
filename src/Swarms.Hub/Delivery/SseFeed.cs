using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The feed of <see cref="ViewerSessions"/> as server-sent events: <c>id:</c> the cursor, <c>event:</c> the type, <c>data:</c> the event.
/// One loop for each response; what is available is one write.
/// </summary>
internal sealed class SseFeed(ViewerSessions viewers, IOptions<DeliveryOptions> options, HubMetrics metrics, TimeProvider time, HubShutdown shutdown)
{
    // A snapshot is written in parts, each of which must be taken in time: so a slow reader is told from one that does not read, and
    // the response holds no copy of a megabyte.
    private const int MaxPartBytes = 8_192;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private static ReadOnlySpan<byte> FieldEnd => "\n\n"u8;

    public async Task WriteAsync(HttpContext context, RoomCaller caller, ViewerStart from, CancellationToken aborted)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Drained);
        await using var seat = await viewers.OpenAsync(caller.RoomId, caller.Member.Id, from, stopping.Token);
        var next = seat.Frames.MoveNextAsync().AsTask();
        try
        {
            // The first frame decides whether this is a stream or an error with a status.
            await next;
            Begin(context.Response);
            while (await WaitAsync(context, next, stopping.Token))
            {
                await WriteAsync(context, seat.Frames.Current, stopping.Token);
                next = seat.Frames.MoveNextAsync().AsTask();
            }
        }
        catch (Exception e) when (seat.Explain(e) is HubErrorException reason)
        {
            if (!context.Response.HasStarted)
                throw reason;

            await CloseAsync(context, new RunError(reason.Code, reason.Message), aborted);
        }
        catch (OperationCanceledException) when (shutdown.Drained.IsCancellationRequested && !aborted.IsCancellationRequested && context.Response.HasStarted)
        {
            await CloseAsync(context, new RunError(ErrorCodes.Draining, "The hub stops. Come back with the last id."), aborted);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader left, or the hub stops.
        }
        finally
        {
            // The enumerator may not be disposed while it moves.
            await stopping.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task CloseAsync(HttpContext context, RunError reason, CancellationToken aborted)
    {
        WriteField(context.Response.BodyWriter, null, SseEvents.Closed, JsonSerializer.SerializeToUtf8Bytes(reason, ProtocolJson.Options));
        await FlushAsync(context, aborted);
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task<bool> WaitAsync(HttpContext context, Task<bool> next, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            try
            {
                await next.WaitAsync(PingInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                WriteField(context.Response.BodyWriter, null, SseEvents.Ping, "{}"u8);
                await FlushAsync(context, cancellationToken);
            }
        }

        return await next;
    }

    private async Task FlushAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var flush = context.Response.BodyWriter.FlushAsync(cancellationToken);
        if (flush.IsCompleted)
        {
            await flush;
            return;
        }

        var flushing = flush.AsTask();
        try
        {
            await flushing.WaitAsync(options.Value.SendTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            metrics.ViewerStalled();
            context.Abort();
            // The abort reaches it, and the loop's token, a moment later.
            await flushing;
        }
    }

    private async Task WriteAsync(HttpContext context, ViewerFrame frame, CancellationToken cancellationToken)
    {
        var output = context.Response.BodyWriter;
        if (frame.Kind == FrameKinds.Events)
        {
            foreach (var batch in frame.Batches)
            {
                foreach (var committed in batch.Events)
                    WriteField(output, committed.Position.ToString(), committed.Type, committed.Json.Span);
            }
        }
        else
        {
            BeginField(output, frame.Cursor, frame.Kind);
            for (var rest = frame.Json!.Value; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, MaxPartBytes)..])
            {
                output.Write(rest[..Math.Min(rest.Length, MaxPartBytes)].Span);
                await FlushAsync(context, cancellationToken);
            }

            output.Write(FieldEnd);
        }

        await FlushAsync(context, cancellationToken);
    }

    private static void WriteField(IBufferWriter<byte> output, string? id, string type, ReadOnlySpan<byte> data)
    {
        BeginField(output, id, type);
        output.Write(data);
        output.Write(FieldEnd);
    }

    private static void BeginField(IBufferWriter<byte> output, string? id, string type)
    {
        if (id is not null)
            Encoding.UTF8.GetBytes($"id: {id}\n", output);

        Encoding.UTF8.GetBytes($"event: {type}\ndata: ", output);
    }
}
