using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Swarms.Hub.Streams;

/// <summary>
/// Writes one response of server-sent events: the headers, the fields and, during silence, signs of life. The reader must take each flush
/// in time. Used by one loop: the wire of every SSE response.
/// </summary>
internal sealed class SseResponse(HttpContext context, TimeSpan sendTimeout, TimeProvider time, Action onStalled)
{
    // Each part of a long field must be taken in time, which tells a slow reader from a stalled one. The response holds no copy of a
    // megabyte.
    private const int MaxPartBytes = 8_192;

    private readonly HttpResponse _response = context.Response;

    public bool HasBegun => _response.HasStarted;

    public void Begin()
    {
        _response.ContentType = "text/event-stream";
        _response.Headers.CacheControl = "no-cache";
        _response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // The web server would cut a reader off that takes less than 240 bytes a second, and count no stall. Here the timeout decides.
        if (sendTimeout != Timeout.InfiniteTimeSpan && context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>Waits for the task. After every <paramref name="silence"/> <paramref name="writeSign"/> writes a sign of life.</summary>
    public async Task<T> WaitAsync<T>(
        Task<T> next, TimeSpan silence, Action<SseResponse> writeSign, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            try
            {
                await next.WaitAsync(silence, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                writeSign(this);
                await FlushAsync(cancellationToken);
            }
        }

        return await next;
    }

    /// <summary>Writes a comment, which clients ignore.</summary>
    public void WriteComment(string text) => Write($": {text}\n\n");

    /// <summary>Writes an event with one line of data.</summary>
    public void WriteEvent(string? id, string type, ReadOnlySpan<byte> data)
    {
        BeginEvent(id, type);
        _response.BodyWriter.Write(data);
        EndEvent();
    }

    /// <summary>Writes an event whose data may have several lines; the type is optional.</summary>
    public void WriteEvent(string? type, string data)
    {
        var text = new StringBuilder();
        if (type is not null)
            text.Append("event: ").Append(type).Append('\n');

        foreach (var line in data.Split('\n'))
            text.Append("data: ").Append(line).Append('\n');

        Write(text.Append('\n').ToString());
    }

    /// <summary>Writes a long event with one line of data, in parts that must each be taken in time.</summary>
    public async Task WriteLongEventAsync(string? id, string type, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        BeginEvent(id, type);
        for (var rest = data; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, MaxPartBytes)..])
        {
            _response.BodyWriter.Write(rest[..Math.Min(rest.Length, MaxPartBytes)].Span);
            await FlushAsync(cancellationToken);
        }

        EndEvent();
    }

    /// <summary>Sends everything written so far. A reader that does not take it within the timeout is disconnected.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flush = _response.BodyWriter.FlushAsync(cancellationToken);
        if (flush.IsCompleted)
        {
            await flush;
            return;
        }

        var flushing = flush.AsTask();
        try
        {
            await flushing.WaitAsync(sendTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            onStalled();
            context.Abort();
            // The abort ends the flush a moment later, and the loop's token with it.
            await flushing;
        }
    }

    private void BeginEvent(string? id, string type) => Write(id is null ? $"event: {type}\ndata: " : $"id: {id}\nevent: {type}\ndata: ");

    private void EndEvent() => _response.BodyWriter.Write("\n\n"u8);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _response.BodyWriter);
}
