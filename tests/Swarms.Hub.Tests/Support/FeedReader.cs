using System.Net.ServerSentEvents;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A viewer over server-sent events.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private FeedReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _items = SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public static async Task<FeedReader> OpenAsync(Caller caller, string path, params (string Name, string Value)[] headers)
    {
        var response = await caller.OpenAsync(HttpMethod.Get, path, null, [("Accept", "text/event-stream"), .. headers]);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new FeedReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public static Task<FeedReader> OpenAsync(MemberCaller caller, params (string Name, string Value)[] headers) =>
        OpenAsync(caller, $"{caller.Path}/events", headers);

    /// <summary>Reads the next event; returns null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync() => await _items.MoveNextAsync().InTime() ? _items.Current : null;

    /// <summary>Reads until an event of that kind. Pings keep the feed awake, so the limit is for all of it.</summary>
    public Task<JsonElement> UntilAsync(Func<SseItem<string>, bool> isIt) => FindAsync(isIt).InTime();

    private async Task<JsonElement> FindAsync(Func<SseItem<string>, bool> isIt)
    {
        while (await NextAsync() is { } item)
        {
            if (isIt(item))
                return JsonElement.Parse(item.Data);
        }

        throw new InvalidOperationException("The feed ended before that.");
    }

    public Task<JsonElement> UntilAsync(string type) => UntilAsync(item => item.EventType == type);

    /// <summary>Reads until a run has its ending, in the snapshot or as an event.</summary>
    public Task<JsonElement> UntilEndOfAsync(string run) => UntilAsync(item => item.EventType == FrameKinds.Snapshot
        ? JsonElement.Parse(item.Data)
            .GetProperty("runs")
            .EnumerateArray()
            .Any(r => r.GetProperty("id").GetString() == run && RunStates.HasEnded(r.GetProperty("state").GetString()!))
        : EventTypes.IsEnding(item.EventType) && JsonElement.Parse(item.Data).GetProperty("run").GetString() == run);

    /// <summary>Reads to the end and returns the code with which the hub ended the feed.</summary>
    public async Task<string?> ClosedAsync()
    {
        var closed = await UntilAsync("closed");
        Assert.Null(await NextAsync());
        return closed.GetProperty("code").GetString();
    }

    public async ValueTask DisposeAsync()
    {
        // A reading enumerator cannot be disposed, but its response can.
        _response.Dispose();
        await Task.CompletedTask;
    }
}
