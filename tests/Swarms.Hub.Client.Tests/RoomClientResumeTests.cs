using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientResumeTests : RoomClientTestBase
{
    [Fact]
    public async Task Watching_Begins_With_A_Snapshot_And_Goes_On_With_Events_In_Order()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "a")), Events(Chunk(5, "b")));

        var snapshot = await watch.NextAsync<SnapshotUpdate>();
        await watch.UntilAsync(5);

        Assert.Null(viewer.Cursor);
        Assert.Equal("room1", viewer.RoomId);
        Assert.Equal("Bearer token1", viewer.Authorization);
        Assert.Equal(SnapshotReasons.First, snapshot.Reason);
        Assert.Empty(snapshot.State.Runs);
        Assert.Equal([3, 4, 5], watch.Sequences);
        Assert.Equal("ab", watch.Room.State!.FindRun("r1")!.Text);
        Assert.Equal(ConnectionState.Live, watch.Room.ConnectionState);
    }

    [Fact]
    public async Task Run_Stays_Whole_When_The_Connection_Breaks_Again_And_Again()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "0")));
        for (var sequence = 5; sequence < 12; sequence++)
        {
            await watch.UntilAsync(sequence - 1);
            viewer.Cut();
            viewer = await Hub.NextViewerAsync();
            Assert.Equal($"h1:{sequence - 1}", viewer.Cursor);
            viewer.Send(Resumed(sequence - 1), Events(Chunk(sequence, $"{sequence}")));
        }

        viewer.Send(Events(Done(12, "0567891011")));
        var digest = await watch.NextAsync<DigestUpdate>();

        Assert.True(digest.Matches);
        Assert.Equal("0567891011", watch.Room.State!.FindRun("r1")!.Text);
        Assert.Equal(Enumerable.Range(3, 10).Select(n => (long)n), watch.Sequences);
        Assert.True(watch.Room.IsVerified("r1"));
        Assert.Equal(0, watch.Room.DigestMismatches);
    }

    [Fact]
    public async Task Two_Viewers_Who_Attach_At_Once_Each_Get_Everything()
    {
        var one = Watch();
        var other = Watch();
        foreach (var viewer in new[] { await Hub.NextViewerAsync(), await Hub.NextViewerAsync() })
            viewer.Send(Snapshot(2), Saying(3, 5));

        await one.UntilAsync(5);
        await other.UntilAsync(5);

        Assert.Equal([3, 4, 5], one.Sequences);
        Assert.Equal(one.Sequences, other.Sequences);
    }

    [Fact]
    public async Task Attaching_Exactly_At_Done_Gives_The_Whole_Verified_Run_Without_An_Event()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(9, runs: DoneRun("All of it.")));

        var digest = await watch.NextAsync<DigestUpdate>();

        Assert.True(digest.Matches);
        Assert.Equal("All of it.", digest.Run.Text);
        Assert.Empty(watch.Sequences);
    }

    [Fact]
    public async Task Breaking_Exactly_At_Done_Resumes_Behind_It()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "a"), Done(5, "a")));
        await watch.UntilAsync(5);
        viewer.Cut();

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(5), Events(Said(6)));
        await watch.UntilAsync(6);

        Assert.Equal("h1:5", viewer.Cursor);
        Assert.Equal([3, 4, 5, 6], watch.Sequences);
        Assert.Equal("a", watch.Room.State!.FindRun("r1")!.Text);
    }

    [Fact]
    public async Task Connection_That_Broke_Before_Any_Event_Resumes_At_Its_Snapshot()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(7));
        await watch.NextAsync<SnapshotUpdate>();
        viewer.Cut();

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(7), Events(Said(8)));
        await watch.UntilAsync(8);

        Assert.Equal("h1:7", viewer.Cursor);
        Assert.Equal([8], watch.Sequences);
    }

    [Fact]
    public async Task Connection_That_Broke_Before_Its_First_Frame_Asks_For_A_Snapshot_Again()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Cut();

        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(7));
        await watch.NextAsync<SnapshotUpdate>();

        Assert.Null(viewer.Cursor);
    }

    [Fact]
    public async Task Stream_That_The_Hub_Ends_Without_A_Reason_Is_Resumed()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);
        viewer.Complete();

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(3), Saying(4, 4));
        await watch.NextAsync<ResumedUpdate>();
        await watch.UntilAsync(4);

        Assert.Equal("h1:3", viewer.Cursor);
        Assert.Equal([3, 4], watch.Sequences);
    }

    [Fact]
    public async Task Hub_That_Died_Is_Called_Until_It_Is_Back_And_Then_Resumed()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        await Hub.DieAsync();
        await watch.BecomesAsync(ConnectionState.Reconnecting);
        await watch.BecomesAsync(ConnectionState.Offline);
        await Hub.ListenAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(3), Saying(4, 4));
        await watch.BecomesAsync(ConnectionState.Live);
        await watch.UntilAsync(4);

        Assert.Equal("h1:3", viewer.Cursor);
        Assert.Equal([3, 4], watch.Sequences);
    }

    [Fact]
    public async Task Connection_That_Fell_Silent_Without_Breaking_Is_Replaced()
    {
        await using var network = new CuttableNetwork(Hub.Address);
        Options.ServerTimeout = TimeSpan.FromSeconds(1);
        using var client = new HubClient(network.Address, Options);
        var watch = Watch(client.OpenRoom("room1", "token1"));
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        network.Silence();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(3), Saying(4, 4));
        await watch.UntilAsync(4);

        Assert.Equal("h1:3", viewer.Cursor);
        Assert.Equal([3, 4], watch.Sequences);
    }

    [Theory]
    [InlineData(SnapshotReasons.Diverged, "h2")]
    [InlineData(SnapshotReasons.Behind, "h1")]
    public async Task Snapshot_After_Reconnecting_Replaces_What_Was_Held(string reason, string history)
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "lost")));
        await watch.UntilAsync(4);
        viewer.Cut();

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(9, reason, history, DoneRun("kept")));
        await watch.NextAsync<SnapshotUpdate>(update => update.Reason == reason);
        viewer.Send(new RoomFrame { Kind = FrameKinds.Events, Cursor = $"{history}:10", Events = [Said(10)] });
        await watch.UntilAsync(10);
        viewer.Cut();

        Assert.Equal($"{history}:10", (await Hub.NextViewerAsync()).Cursor);
        Assert.Equal("kept", watch.Room.State!.FindRun("r1")!.Text);
    }

    [Fact]
    public async Task Snapshot_In_Mid_Stream_Replaces_The_Text_Instead_Of_Doubling_It()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(
            Snapshot(2), Events(Queued(3), Chunk(4, "one ")),
            Snapshot(
                5000, SnapshotReasons.Behind, runs: DoneRun("one two") with { State = RunStates.Running, Sha256 = null, Bytes = null }),
            Events(Chunk(5001, " three")));

        await watch.UntilAsync(5001);

        Assert.Equal("one two three", watch.Room.State!.FindRun("r1")!.Text);
    }

    [Fact]
    public async Task Snapshot_Of_Another_History_In_Mid_Stream_Is_Gone_On_From_Although_Its_Sequences_Go_Back()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 5), Snapshot(3, SnapshotReasons.Diverged, "h2"), Saying(4, 4) with { Cursor = "h2:4" });
        await watch.NextAsync<SnapshotUpdate>(update => update.Reason == SnapshotReasons.Diverged);
        await watch.UntilAsync(4);
        viewer.Cut();

        Assert.Equal("h2:4", (await Hub.NextViewerAsync()).Cursor);
        Assert.Equal([3, 4, 5, 4], watch.Sequences);
    }

    [Fact]
    public async Task Viewer_Sees_Every_Event_Once_However_Often_The_Connection_Breaks()
    {
        const int Last = 300;
        var random = new Random(7);
        var watch = Watch();
        for (var breaks = 40; breaks >= 0; breaks--)
        {
            var viewer = await Hub.NextViewerAsync();
            var position = viewer.Cursor is { } cursor ? long.Parse(cursor[3..], null) : 1;
            viewer.Send(viewer.Cursor is null ? Snapshot(position) : Resumed(position));
            for (var frames = random.Next(4); position < Last && (frames > 0 || breaks == 0); frames--)
            {
                var to = Math.Min(Last, position + random.Next(1, 12));
                viewer.Send(Saying(position + 1, to));
                position = to;
            }

            // Without waiting: what is on its way arrives or does not.
            if (breaks > 0)
                viewer.Cut();
        }

        await watch.UntilAsync(Last);

        Assert.Equal(Enumerable.Range(2, Last - 1).Select(n => (long)n), watch.Sequences);
    }
}
