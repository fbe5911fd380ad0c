using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

/// <summary>A program that takes nothing for a while, in a room where nothing is said.</summary>
public sealed class RoomClientStuckTests : RoomClientTestBase
{
    [Fact]
    public async Task Stuck_Program_In_An_Idle_Room_Holds_One_Presence()
    {
        await using var updates = Watched();
        await TakeUntilLiveAsync(updates);
        for (var viewers = 1; viewers <= 100; viewers++)
            await Hub.AnnounceAsync("room1", new RoomPresence { Viewers = viewers, Members = [] });

        // Calls come in order: once the program's client has left as it was asked to, it has the presence too.
        await Hub.DrainAsync(0);
        (await Hub.NextViewerAsync()).Send(Resumed(2), Saying(3, 3));

        var taken = await TakeUntilAsync(updates, update => update is EventsUpdate);
        Assert.Equal(100, Assert.IsType<PresenceUpdate>(taken[0]).Presence.Viewers);
        Assert.Single(taken.OfType<PresenceUpdate>());
    }

    [Fact]
    public async Task Stuck_Program_Is_Not_Told_Of_Attempts_Without_End()
    {
        Options.MaxBufferedEvents = 10;
        await using var updates = Watched();
        Assert.True(await updates.MoveNextAsync().InTime());
        // The other one takes everything: by its attempts the test knows that there was time for as many.
        Watch(OpenRoom("room2"));
        var attempts = 0;
        for (var others = 0; others < 40;)
        {
            var viewer = await Hub.NextViewerAsync();
            _ = viewer.RoomId == "room1" ? attempts++ : others++;
            viewer.Cut();
        }

        Assert.InRange(attempts, 1, 10);
        var taking = TakeUntilAsync(updates, update => update is SnapshotUpdate);
        FakeViewer next;
        while ((next = await Hub.NextViewerAsync()).RoomId != "room1")
            next.Cut();

        next.Send(Snapshot(2));
        await taking;
    }

    [Fact]
    public async Task Stuck_Program_Is_Not_Told_Of_A_Failing_Disk_Without_End()
    {
        Options.MaxBufferedEvents = 10;
        await using var updates = Watched();
        var viewer = await TakeUntilLiveAsync(updates);
        viewer.Send(Enumerable.Range(0, 100).Select(i => Storage(2, i % 2 == 1)));

        await viewer.Ended;
        var taking = TakeUntilAsync(updates, update => update is ResumedUpdate);
        (await Hub.NextViewerAsync()).Send(Resumed(2));

        Assert.InRange((await taking).OfType<StorageUpdate>().Count(), 1, 12);
    }

    private static async Task<List<RoomUpdate>> TakeUntilAsync(IAsyncEnumerator<RoomUpdate> updates, Func<RoomUpdate, bool> isIt)
    {
        var taken = new List<RoomUpdate>();
        do
        {
            Assert.True(await updates.MoveNextAsync().InTime());
            taken.Add(updates.Current);
        }
        while (!isIt(updates.Current));

        return taken;
    }

    private async Task<FakeViewer> TakeUntilLiveAsync(IAsyncEnumerator<RoomUpdate> updates)
    {
        var taking = TakeUntilAsync(updates, update => update is ConnectionStateUpdate { ConnectionState: ConnectionState.Live });
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await taking;
        return viewer;
    }

    private IAsyncEnumerator<RoomUpdate> Watched() =>
        OpenRoom().WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
}
