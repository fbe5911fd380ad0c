using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Runs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Writes the streamed answer of one run to one caller, in the loop of that caller's request: the wire of the Swarms doors.
/// </summary>
internal sealed class CompletionsStream(HttpResponse response, RunRelay relay, TimeProvider time)
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    /// <summary>Returns when the run has ended and all its frames are written.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Begin();
        await response.Body.FlushAsync(cancellationToken);
        while (await KeepAliveAsync(relay.WaitAsync(cancellationToken).AsTask(), cancellationToken))
        {
            while (relay.TryRead(out var frame))
            {
                await KeepAliveAsync(CommittedAsync(frame), cancellationToken);
                await WriteAsync(response, frame.Raw, cancellationToken);
            }
        }
    }

    public static async Task WriteAsync(HttpResponse response, SseFrame frame, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        if (frame.Name is not null)
            text.Append("event: ").Append(frame.Name).Append('\n');

        foreach (var line in frame.Data.Split('\n'))
            text.Append("data: ").Append(line).Append('\n');

        await response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text.Append('\n').ToString()), cancellationToken);
    }

    private static async Task<bool> CommittedAsync(RelayFrame frame)
    {
        await frame.Committed;
        return true;
    }

    // A failing disk is as silent as a thinking upstream, so both waits send keep-alives.
    private async Task<bool> KeepAliveAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            try
            {
                await next.WaitAsync(KeepAliveInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await response.BodyWriter.WriteAsync(": keep-alive\n\n"u8.ToArray(), cancellationToken);
            }
        }

        return await next;
    }

    private void Begin()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
