using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;

namespace Peers;

/// <summary>Reads runs from the upstream into one queue for each room, which numbers the events and broadcasts them in order.</summary>
internal sealed class UpstreamReader(IHttpClientFactory clients, IBroadcast broadcast, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Channel<(string Run, string Content)>> _rooms = [];

    public async Task StartAsync(string room, RunSource source)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, source.Upstream) { Content = new StringContent("{}") };
        var response = await clients.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _ = ReadAsync(response, _rooms.GetOrAdd(room, Open));
    }

    private static async Task ReadAsync(HttpResponseMessage response, Channel<(string Run, string Content)> room)
    {
        using var answer = response;
        var run = Guid.CreateVersion7().ToString("n")[..26];
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            if (item.EventType != "chunk")
                continue;

            using var json = JsonDocument.Parse(item.Data);
            await room.Writer.WriteAsync((run, json.RootElement.GetProperty("content").GetString()!));
        }
    }

    private Channel<(string Run, string Content)> Open(string room)
    {
        var channel = Channel.CreateUnbounded<(string Run, string Content)>();
        _ = BroadcastAsync(room, channel.Reader);
        return channel;
    }

    private async Task BroadcastAsync(string room, ChannelReader<(string Run, string Content)> events)
    {
        var sequence = 0L;
        await foreach (var (run, content) in events.ReadAllAsync())
        {
            var at = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            await broadcast.SendAsync(room, new RelayedEvent(++sequence, at, "chunk", run, new RelayedChunk(content)));
        }
    }
}
