using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientDistrustTests : RoomClientTestBase
{
    public static TheoryData<string, object> BrokenFrames => new()
    {
        { "an event that came before", Events(Said(4), Said(5)) },
        { "a gap", Events(Said(6)) },
        { "a gap inside", Events(Said(5), Said(7)) },
        { "the same twice", Events(Said(5), Said(5)) },
        { "no events", new { kind = "events", cursor = "h1:5", events = Array.Empty<object>() } },
        { "resumed in mid-stream", Resumed(4) },
        { "no frame", new { kind = 7 } },
        { "a snapshot of no room", new { kind = "snapshot", cursor = "h1:5" } },
    };

    [Theory]
    [MemberData(nameof(BrokenFrames), DisableDiscoveryEnumeration = true)]
    public async Task Frame_That_Does_Not_Continue_What_Is_Held_Is_Refused_And_A_Snapshot_Asked_For(string what, object frame)
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 4), frame);
        await viewer.Ended;

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(6), Saying(7, 7));
        await watch.UntilAsync(7);

        Assert.True(viewer.Cursor is null, what);
        Assert.Equal([3, 4, 7], watch.Sequences);
    }

    [Theory]
    [InlineData(false, "h1:2")]
    [InlineData(true, "h1:3")]
    [InlineData(true, "h2:4")]
    public async Task Resumption_Elsewhere_Than_At_The_Own_Cursor_Is_Refused(bool hasCursor, string resumedAt)
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        if (hasCursor)
        {
            viewer.Send(Snapshot(2), Saying(3, 4));
            await watch.UntilAsync(4);
            viewer.Cut();
            viewer = await Hub.NextViewerAsync();
        }

        viewer.Send(new RoomFrame { Kind = FrameKinds.Resumed, Cursor = resumedAt });
        var next = await Hub.NextViewerAsync();
        next.Send(Snapshot(9));
        await watch.NextAsync<SnapshotUpdate>(update => update.State is not null);

        Assert.Null(next.Cursor);
    }

    [Fact]
    public async Task Events_Without_A_First_Snapshot_Are_Refused()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Saying(1, 2));
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal([3], watch.Sequences);
    }

    [Fact]
    public async Task Frame_Of_A_Kind_That_Nobody_Knows_Is_Passed_Over()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(
            new { kind = "weather", cursor = "h1:99" }, Snapshot(2), new { kind = "tick", cursor = "" }, Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal([3], watch.Sequences);
        Assert.False(Hub.HasAnotherViewer);
    }

    [Fact]
    public async Task Cursor_That_The_Hub_Finds_Invalid_Is_Given_Up()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);
        viewer.Cut();

        (await Hub.NextViewerAsync()).Fail("invalid: The cursor is none.");
        var last = await Hub.NextViewerAsync();
        last.Send(Snapshot(4));
        await watch.NextAsync<SnapshotUpdate>();

        Assert.Null(last.Cursor);
    }

    [Fact]
    public async Task Text_That_Does_Not_Match_Its_Digest_Is_Reported_And_Mended_By_A_Snapshot()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Events(Queued(3), Chunk(4, "What I hold"), Done(5, "What the hub stored")));
        Assert.False((await watch.NextAsync<DigestUpdate>()).Matches);

        viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(5, runs: DoneRun("What the hub stored")));
        Assert.True((await watch.NextAsync<DigestUpdate>()).Matches);

        Assert.Null(viewer.Cursor);
        Assert.Equal(1, watch.Room.DigestMismatches);
        Assert.True(watch.Room.IsVerified("r1"));
        Assert.Equal("What the hub stored", watch.Room.State!.FindRun("r1")!.Text);
    }

    [Fact]
    public async Task Text_That_The_Snapshot_Does_Not_Mend_Is_Reported_Again_And_Watching_Goes_On()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Send(Snapshot(5, runs: DoneRun("What I hold", digestOf: "What the hub stored")));
        Assert.False((await watch.NextAsync<DigestUpdate>()).Matches);
        (await Hub.NextViewerAsync()).Send(Snapshot(5, runs: DoneRun("What I hold", digestOf: "What the hub stored")), Saying(6, 6));
        Assert.False((await watch.NextAsync<DigestUpdate>()).Matches);
        await watch.UntilAsync(6);

        Assert.Equal(2, watch.Room.DigestMismatches);
        Assert.False(watch.Room.IsVerified("r1"));
        Assert.Equal(2, Hub.Connections);
    }
}
