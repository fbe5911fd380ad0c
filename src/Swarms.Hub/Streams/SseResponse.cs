using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Swarms.Hub.Streams;

/// <summary>
/// One response of server-sent events: its head, its fields, a sign of life in silence, and flushes that the reader must take in time.
/// Used by one loop.
/// </summary>
internal sealed class SseResponse(HttpContext context, TimeSpan sendTimeout, TimeProvider time, Action onStalled)
{
    // Each part of a long field must be taken in time. That tells a slow reader from one that does not read, and the response holds
    // no copy of a megabyte.
    private const int MaxPartBytes = 8_192;

    private static readonly TimeSpan SilenceInterval = TimeSpan.FromSeconds(15);

    private readonly HttpResponse _response = context.Response;

    public bool HasBegun => _response.HasStarted;

    public void Begin()
    {
        _response.ContentType = "text/event-stream";
        _response.Headers.CacheControl = "no-cache";
        _response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Waits for what comes next. Every 15 s of silence <paramref name="writeSign"/> writes a sign of life.</summary>
    public async Task<T> WaitAsync<T>(Task<T> next, Action<SseResponse> writeSign, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            try
            {
                await next.WaitAsync(SilenceInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                writeSign(this);
                await FlushAsync(cancellationToken);
            }
        }

        return await next;
    }

    /// <summary>A comment, which clients pass over.</summary>
    public void WriteComment(string text) => Write($": {text}\n\n");

    /// <summary>An event on one line of data.</summary>
    public void WriteEvent(string? id, string type, ReadOnlySpan<byte> data)
    {
        BeginEvent(id, type);
        _response.BodyWriter.Write(data);
        EndEvent();
    }

    /// <summary>An event whose data may have several lines, with its name where it has one.</summary>
    public void WriteEvent(string? type, string data)
    {
        var text = new StringBuilder();
        if (type is not null)
            text.Append("event: ").Append(type).Append('\n');

        foreach (var line in data.Split('\n'))
            text.Append("data: ").Append(line).Append('\n');

        Write(text.Append('\n').ToString());
    }

    /// <summary>A long event on one line of data, in parts that must each be taken in time.</summary>
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

    /// <summary>Sends what was written. A reader that does not take it within the timeout is cut off.</summary>
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
            // The abort reaches it, and the loop's token, a moment later.
            await flushing;
        }
    }

    private void BeginEvent(string? id, string type) => Write(id is null ? $"event: {type}\ndata: " : $"id: {id}\nevent: {type}\ndata: ");

    private void EndEvent() => _response.BodyWriter.Write("\n\n"u8);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _response.BodyWriter);
}
