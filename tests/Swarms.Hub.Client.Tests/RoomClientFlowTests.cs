using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientFlowTests : RoomClientTestBase
{
    [Fact]
    public async Task Slow_Program_Holds_The_Stream_Back_And_Then_Gets_Everything_Once()
    {
        Options.MaxBufferedEvents = 10;
        var sequences = new List<long>();
        await using var updates = OpenRoom().WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(
            TestContext.Current.CancellationToken);
        await TakeUntilAsync<ConnectionStateUpdate>();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 7), Saying(8, 12), Saying(13, 17), Saying(18, 500));

        // Nothing is taken meanwhile, so the stream must be let go.
        await viewer.Ended;
        Assert.False(Hub.HasAnotherViewer);

        var taking = TakeUntilAsync<ResumedUpdate>();
        viewer = await Hub.NextViewerAsync();
        var from = long.Parse(viewer.Cursor![3..], null);
        Assert.InRange(from, 12, 17);
        viewer.Send(Resumed(from), Saying(from + 1, 20));
        await taking;
        await TakeUntilAsync<EventsUpdate>();

        Assert.Equal(Enumerable.Range(3, 18).Select(n => (long)n), sequences);

        async Task TakeUntilAsync<T>()
        {
            do
            {
                await updates.MoveNextAsync().InTime();
                if (updates.Current is EventsUpdate { Events: var events })
                    sequences.AddRange(events.Select(e => e.Sequence));
            }
            while (updates.Current is not T);
        }
    }

    [Fact]
    public async Task Snapshot_Of_Megabytes_Arrives()
    {
        var text = new string('é', 1_000_000);
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(9, runs: DoneRun(text)));

        var digest = await watch.NextAsync<DigestUpdate>();

        Assert.True(digest.Matches);
        Assert.Equal(text.Length, watch.Room.State!.Runs[0].Text!.Length);
    }

    [Fact]
    public async Task Presence_Reaches_The_Program_And_Only_That_Of_Its_Room()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        await Hub.AnnounceAsync("room2", new RoomPresence { Viewers = 9, Members = [] });
        await Hub.AnnounceAsync("room1", new RoomPresence { Viewers = 2, Members = [new MemberPresence("m1", 2)] });
        var update = await watch.NextAsync<PresenceUpdate>();

        Assert.Equal(2, update.Presence.Viewers);
        Assert.Equal(new MemberPresence("m1", 2), Assert.Single(watch.Room.Presence!.Members));
    }

    [Fact]
    public async Task Failing_Storage_Is_Told_Until_The_Hub_Says_Otherwise_Or_A_New_Stream_Does_Not()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Storage(2, false));
        Assert.False((await watch.NextAsync<StorageUpdate>()).IsAvailable);
        Assert.False(watch.Room.IsStorageAvailable);

        viewer.Send(Storage(2, true), Saying(3, 3), Storage(3, false));
        Assert.True((await watch.NextAsync<StorageUpdate>()).IsAvailable);
        Assert.False((await watch.NextAsync<StorageUpdate>()).IsAvailable);
        viewer.Cut();
        (await Hub.NextViewerAsync()).Send(Resumed(3), Saying(4, 4));

        Assert.True((await watch.NextAsync<StorageUpdate>()).IsAvailable);
        await watch.UntilAsync(4);
        Assert.True(watch.Room.IsStorageAvailable);
        Assert.Equal([3, 4], watch.Sequences);
    }

    [Fact]
    public async Task Callbacks_Get_What_The_Loop_Gets_In_The_Same_Order()
    {
        var room = OpenRoom();
        var seen = new List<string>();
        room.EventReceived += (_, roomEvent) => seen.Add($"event {roomEvent.Sequence} of {room.State!.Messages.Count}");
        room.ConnectionStateChanged += (_, change) => seen.Add($"{change.ConnectionState}");
        room.PresenceChanged += (_, presence) => seen.Add($"{presence.Presence.Viewers} viewers");
        room.Updated += (_, update) => seen.Add(update.GetType().Name);
        var watch = Watch(room);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 4));
        await watch.UntilAsync(4);
        await Hub.AnnounceAsync("room1", new RoomPresence { Viewers = 1, Members = [] });
        await watch.NextAsync<PresenceUpdate>();

        Assert.Equal(
            [
                "ConnectionStateUpdate", "CatchingUp", "SnapshotUpdate", "ConnectionStateUpdate", "Live",
                "EventsUpdate", "event 3 of 2", "event 4 of 2", "PresenceUpdate", "1 viewers",
            ],
            seen);
    }

    [Fact]
    public async Task State_That_Was_Read_Does_Not_Change_Afterwards()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "a")));
        await watch.UntilAsync(4);
        var before = watch.Room.State!;
        viewer.Send(Events(Chunk(5, "b")));
        await watch.UntilAsync(5);

        Assert.Equal("a", before.Runs[0].Text);
        Assert.Equal("ab", watch.Room.State!.Runs[0].Text);
        Assert.Same(watch.Room.State, watch.Room.State);
    }

    [Fact]
    public async Task Hands_Go_Over_The_Open_Connection()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        await watch.Room.RaiseHandAsync(TestContext.Current.CancellationToken);
        await watch.Room.LowerHandAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["RaiseHand room1", "LowerHand room1"], Hub.Invocations);
        Assert.Equal(1, Hub.Connections);
    }

    [Fact]
    public async Task Hand_Opens_A_Connection_Of_Its_Own_While_Nobody_Watches()
    {
        await OpenRoom().RaiseHandAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["RaiseHand room1"], Hub.Invocations);
        Assert.Equal(1, Hub.Connections);
    }

    [Fact]
    public async Task Hand_That_The_Hub_Refuses_Fails_With_Its_Code_And_Sentence()
    {
        Hub.FailInvocationsWith = "storage_unavailable: The disk is full.";

        var error = await Assert.ThrowsAsync<HubClientException>(() => OpenRoom().RaiseHandAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorCodes.StorageUnavailable, "The disk is full."), (error.Code, error.Message));
    }
}
