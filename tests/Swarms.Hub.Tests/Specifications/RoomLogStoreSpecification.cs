using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>What every store of rooms promises (<see cref="IRoomStore"/>). A new store derives from this and says how it is made.</summary>
public abstract class RoomLogStoreSpecification
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private protected abstract Task<LogUnderTest> StartAsync();

    [Fact]
    public async Task Store_Reads_Back_Exactly_What_Was_Appended()
    {
        await using var hub = await StartAsync();
        using var room = await hub.CreateRoomAsync();
        PendingEvent[] events = [.. Enumerable.Range(0, 500).Select(i => i % 7 == 0
            ? LogUnderTest.Event(EventTypes.Message, new { text = $"Grüße {i} 🦊\u0000\"" }, by: "member")
            : LogUnderTest.Chunk($" word {i}\n", $"run-{i % 3}"))];
        foreach (var page in events.Chunk(37))
            await room.Log.AppendNowAsync(page, CancellationToken);

        var read = new List<string>();
        for (var after = 1L; await room.Log.ReadStoreAsync(after, 501, 100, CancellationToken) is { } batch; after = batch.LastSequence)
        {
            Assert.Equal(after + 1, batch.FirstSequence);
            read.AddRange(batch.Events.Select(e => JsonElement.Parse(e.Json.Span).GetRawText()));
        }

        Assert.Equal(events.Select((e, i) => JsonSerializer.Serialize(e.ToRoomEvent(i + 2), ProtocolJson.Options)), read);
    }

    [Fact]
    public async Task Read_Stops_At_Its_Bound()
    {
        await using var hub = await StartAsync();
        using var room = await hub.CreateRoomAsync();
        await room.Log.AppendNowAsync([.. Enumerable.Range(0, 10).Select(i => LogUnderTest.Chunk($"{i}"))], CancellationToken);

        var batch = await room.Log.ReadStoreAsync(3, 7, 100, CancellationToken);

        Assert.Equal([4, 5, 6, 7], batch!.Events.Select(e => e.Sequence));
        Assert.Null(await room.Log.ReadStoreAsync(7, 7, 100, CancellationToken));
    }

    [Fact]
    public async Task Read_Of_Large_Events_Stops_At_Its_Weight_But_Never_Before_The_First()
    {
        await using var hub = await StartAsync();
        using var room = await hub.CreateRoomAsync();
        await room.Log.AppendNowAsync([.. Enumerable.Range(0, 10).Select(i => LogUnderTest.Chunk(new string('x', 10_000)))], CancellationToken);

        var some = await hub.Store.ReadAsync(room.Log.Key, 1, 11, 100, 35_000, CancellationToken);
        var one = await hub.Store.ReadAsync(room.Log.Key, 4, 11, 100, 5_000, CancellationToken);

        Assert.Equal([2, 3, 4], some!.Events.Select(e => e.Sequence));
        Assert.Equal([5], one!.Events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Rooms_Do_Not_See_Each_Others_Events()
    {
        await using var hub = await StartAsync();
        using var one = await hub.CreateRoomAsync();
        using var two = await hub.CreateRoomAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(_ => new[] { one, two })
            .Select(room => room.Log.AppendNowAsync([LogUnderTest.Chunk(room.Log.Id)], CancellationToken)));

        foreach (var room in new[] { one, two })
        {
            var batch = await room.Log.ReadStoreAsync(1, 100, 100, CancellationToken);
            Assert.Equal(20, batch!.Events.Count);
            Assert.All(batch.Events, e => Assert.Equal(room.Log.Id, JsonElement.Parse(e.Json.Span).GetProperty("data").GetProperty("content").GetString()));
        }
    }
}
