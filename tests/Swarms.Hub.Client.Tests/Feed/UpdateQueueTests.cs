using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class UpdateQueueTests
{
    private readonly UpdateQueue _queue = new(maxEvents: 2);

    [Fact]
    public async Task Presence_That_Waits_At_The_End_Gives_Way_To_The_Newer_One_And_Counts_Once()
    {
        for (var viewers = 1; viewers <= 1_000; viewers++)
            Write(Presence(viewers));

        Assert.True(_queue.HasRoom);
        Assert.Equal(["1000 viewers"], await TakeAllAsync());
        await _queue.WaitUntilEmptyAsync(new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task Presence_Never_Passes_What_Came_Before_Or_After_It()
    {
        Write(Saying(3, 4), Presence(1), Presence(2), Saying(5, 5), Presence(3), new StorageUpdate(false), Presence(4), Presence(5));

        Assert.Equal(["to 4", "2 viewers", "to 5", "3 viewers", "StorageUpdate", "5 viewers"], await TakeAllAsync());
    }

    [Fact]
    public async Task Presence_That_The_Program_Has_Taken_Is_Not_Replaced()
    {
        Write(Presence(1));
        Assert.Equal("1 viewers", Word(await TakeAsync()));

        Write(Presence(2));

        Assert.Equal("2 viewers", Word(await TakeAsync()));
    }

    [Fact]
    public async Task Nothing_Else_Is_Ever_Replaced_And_Each_Counts()
    {
        object[] updates =
        [
            Snapshot(2), Snapshot(2), Resumed(2), Resumed(2), Saying(3, 3), Saying(4, 4), new StorageUpdate(false), new StorageUpdate(true),
            new ConnectionStateUpdate(ConnectionState.Live, null), new ConnectionStateUpdate(ConnectionState.Offline, null),
        ];
        Write(updates[0]);
        Assert.True(_queue.HasRoom);
        foreach (var update in updates[1..])
        {
            Write(update);
            Assert.False(_queue.HasRoom);
        }

        Assert.Equal(updates.Length, (await TakeAllAsync()).Count);
        Assert.True(_queue.HasRoom);
    }

    private static PresenceUpdate Presence(int viewers) => new(new RoomPresence { Viewers = viewers, Members = [] });

    [Fact]
    public async Task Item_That_Was_Taken_Counts_Until_The_Program_Comes_Back_For_More()
    {
        Write(Saying(3, 4));
        await TakeAsync();
        var emptied = _queue.WaitUntilEmptyAsync(TestContext.Current.CancellationToken);
        Assert.False(_queue.HasRoom);
        Assert.False(emptied.IsCompleted);

        _queue.Complete();
        Assert.Null(await TakeAsync());

        Assert.True(_queue.HasRoom);
        await emptied.InTime();
    }

    private static string Word(FeedItem? item) => item switch
    {
        { Update: PresenceUpdate { Presence.Viewers: var viewers } } => $"{viewers} viewers",
        { Frame.Events: [.., var last] } => $"to {last.Sequence}",
        { Frame: { } frame } => frame.Kind,
        _ => item!.Value.Update!.GetType().Name,
    };

    private void Write(params IEnumerable<object> updates)
    {
        foreach (var update in updates)
            _queue.Write(new FeedItem(update as RoomFrame, update as RoomUpdate));
    }

    private Task<FeedItem?> TakeAsync() => _queue.TakeAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    private async Task<List<string>> TakeAllAsync()
    {
        _queue.Complete();
        var taken = new List<string>();
        while (await TakeAsync() is { } item)
            taken.Add(Word(item));

        return taken;
    }
}
