using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Support;

namespace Swarms.Hub.Delivery;

public sealed class RoomEventsApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("nonsense")]
    [InlineData(":")]
    [InlineData("a:b")]
    [InlineData("a:-1")]
    [InlineData("a:1:2")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("%00")]
    [InlineData("a:99999999999999999999999")]
    public async Task A_Cursor_That_Is_None_Is_Invalid_Everywhere(string cursor)
    {
        var host = await _hub.CreateRoomAsync();

        (await host.GetAsync($"{host.Path}/events?after={cursor}")).IsProblem(400, "invalid");
        (await host.GetAsync($"{host.Path}/events?after={cursor}", ("Accept", "text/event-stream"))).IsProblem(400, "invalid");
        if (!cursor.Contains('%', StringComparison.Ordinal))
        {
            (await host.GetAsync($"{host.Path}/events", ("Accept", "text/event-stream"), ("Last-Event-ID", cursor)))
                .IsProblem(400, "invalid");
        }

        await using var hub = await HubCaller.ConnectAsync(host);
        await HubCaller.EndsAsync(hub.Watch(host.Room, cursor), "invalid");
        Assert.True((await hub.InvokeAsync("Say", host.Room, "still connected")).GetInt64() > 0);
    }

    [Fact]
    public async Task A_Cursor_From_The_Future_Is_Of_Another_History_And_A_Sequence_From_There_Is_Invalid()
    {
        var host = await _hub.CreateRoomAsync();
        var cursor = (await host.GetAsync(host.Path)).Json.GetProperty("cursor").GetString()!;
        var token = cursor.Split(':')[0];

        foreach (var after in new[] { "1000000", long.MaxValue.ToString(CultureInfo.InvariantCulture) })
        {
            (await host.GetAsync($"{host.Path}/events?after={after}")).IsProblem(400, "invalid");
            (await host.GetAsync($"{host.Path}/events?after={after}", ("Accept", "text/event-stream"))).IsProblem(400, "invalid");
        }

        await using var hub = await HubCaller.ConnectAsync(host);
        foreach (var future in new[] { $"{token}:1000000", $"{token}:{long.MaxValue}" })
        {
            (await host.GetAsync($"{host.Path}/events?after={future}")).IsProblem(409, "conflict");
            await using var feed = await FeedReader.OpenAsync(host, ("Last-Event-ID", future));
            Assert.Equal("diverged", (await feed.UntilAsync("snapshot")).GetProperty("reason").GetString());
            Assert.Equal(
                "diverged",
                (await hub.Watch(host.Room, future).ReadAsync(TestContext.Current.CancellationToken)).GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task A_Cursor_Of_Another_History_Gets_A_Snapshot_From_Feeds_And_A_Conflict_From_Pages()
    {
        var host = await _hub.CreateRoomAsync();
        (await host.GetAsync($"{host.Path}/events?after=00000000:1")).IsProblem(409, "conflict");
        await using var feed = await FeedReader.OpenAsync(host, ("Last-Event-ID", "00000000:1"));

        var snapshot = await feed.UntilAsync("snapshot");

        Assert.Equal("diverged", snapshot.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("limit=")]
    public async Task A_Page_Has_A_Limit(string query)
    {
        var host = await _hub.CreateRoomAsync();
        (await host.GetAsync($"{host.Path}/events?{query}")).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Pages_And_The_Feed_Show_The_Same_Events_From_Any_Place()
    {
        var host = await _hub.CreateRoomAsync();
        await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 20 });
        var paged = new List<string>();
        for (var after = "0"; ;)
        {
            var page = (await host.GetAsync($"{host.Path}/events?limit=7&after={after}")).Json;
            if (page.GetProperty("events").GetArrayLength() == 0)
                break;

            paged.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetRawText()));
            after = page.GetProperty("cursor").GetString()!;
        }

        foreach (var from in new[] { 0, 5, paged.Count - 1 })
        {
            await using var feed = await FeedReader.OpenAsync(host, $"{host.Path}/events?after={from}");
            var resumed = await feed.NextAsync();
            Assert.Equal("resumed", resumed?.EventType);
            Assert.Equal(paged.Count, JsonElement.Parse(resumed!.Value.Data).GetProperty("head").GetInt32());
            for (var i = from; i < paged.Count; i++)
                Assert.Equal(paged[i], (await feed.NextAsync())?.Data);
        }
    }

    [Fact]
    public async Task The_Snapshot_Has_The_Cursor_Of_What_It_Shows_While_Events_Keep_Coming()
    {
        var host = await _hub.CreateRoomAsync();
        using var stop = new CancellationTokenSource();
        var speaking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await host.PostAsync($"{host.Path}/messages", new { text = "hi" });
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 50; i++)
        {
            var snapshot = (await host.GetAsync(host.Path)).Json;
            var cursor = long.Parse(snapshot.GetProperty("cursor").GetString()!.Split(':')[1], CultureInfo.InvariantCulture);
            // The room's events are its creation, its host and after that only messages.
            var last = snapshot.GetProperty("messages")
                .EnumerateArray()
                .Select(m => m.GetProperty("sequence").GetInt64())
                .DefaultIfEmpty(2)
                .Last();
            Assert.Equal(cursor, last);
        }

        await stop.CancelAsync();
        await speaking;
    }

    [Fact]
    public async Task The_Feed_Is_Never_Stored_And_Never_Held_Back()
    {
        var host = await _hub.CreateRoomAsync();
        await using var feed = await FeedReader.OpenAsync(host);

        Assert.Equal("no-cache", feed.Response.Headers.CacheControl?.ToString());
        Assert.Equal(["no"], feed.Response.Headers.GetValues("X-Accel-Buffering"));
    }
}
