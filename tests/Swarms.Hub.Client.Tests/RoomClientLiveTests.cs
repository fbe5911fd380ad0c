using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientLiveTests : RoomClientTestBase
{
    [Fact]
    public async Task Room_Is_Live_Again_When_All_That_Was_Missed_Was_Handed_Over_And_Not_Before()
    {
        var (watch, told) = await WatchAndLoseAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(2, head: 6), Saying(3, 4));
        await watch.UntilAsync(4);
        Assert.Equal(ConnectionState.CatchingUp, watch.Room.ConnectionState);

        viewer.Send(Saying(5, 5), Saying(6, 8), Saying(9, 9));
        await watch.UntilAsync(9);

        Assert.Equal(["resumed", "to 4", "to 5", "to 8", "Live", "to 9"], told.SkipWhile(word => word != "resumed"));
    }

    [Fact]
    public async Task Room_That_Resumes_At_A_Cursor_Such_As_A_Hub_Gives_Out_Is_Live_No_Sooner_Either()
    {
        var (watch, told) = await WatchAndLoseAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2, SnapshotReasons.Diverged) with { Cursor = HubCursor(2) });
        await watch.NextAsync<SnapshotUpdate>(update => update.Reason == SnapshotReasons.Diverged);
        viewer.Cut();
        viewer = await Hub.NextViewerAsync();
        viewer.Send(
            Resumed(2, head: 4) with { Cursor = HubCursor(2) },
            Saying(3, 3) with { Cursor = HubCursor(3) },
            Saying(4, 4) with { Cursor = HubCursor(4) });
        await watch.UntilAsync(4);
        await watch.BecomesAsync(ConnectionState.Live);

        Assert.Equal(HubCursor(2), viewer.Cursor);
        Assert.Equal(["resumed", "to 3", "to 4", "Live"], told.SkipWhile(word => word != "resumed"));
    }

    [Theory]
    [InlineData(2L)]
    [InlineData(null)]
    public async Task Room_Is_Live_At_Once_Where_Nothing_Was_Missed_Or_An_Older_Hub_Does_Not_Say_What(long? head)
    {
        var (watch, told) = await WatchAndLoseAsync();
        (await Hub.NextViewerAsync()).Send(Resumed(2, head), Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal(["resumed", "Live", "to 3"], told.SkipWhile(word => word != "resumed"));
    }

    [Fact]
    public async Task Room_That_Is_Cut_While_It_Catches_Up_Is_Live_When_It_Has_What_The_Next_Connection_Says()
    {
        var (watch, told) = await WatchAndLoseAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(2, head: 6), Saying(3, 4));
        await watch.UntilAsync(4);
        viewer.Cut();
        (await Hub.NextViewerAsync()).Send(Resumed(4, head: 8), Saying(5, 6), Saying(7, 8), Saying(9, 9));
        await watch.UntilAsync(9);

        Assert.Equal(
            ["resumed", "to 4", "Reconnecting", "CatchingUp", "resumed", "to 6", "to 8", "Live", "to 9"],
            told.SkipWhile(word => word != "resumed"));
    }

    [Fact]
    public async Task Snapshot_Makes_A_Room_Live_Also_In_Place_Of_What_Was_Missed()
    {
        var (watch, told) = await WatchAndLoseAsync();
        (await Hub.NextViewerAsync()).Send(
            Resumed(2, head: 9), Saying(3, 4), Snapshot(5_000, SnapshotReasons.Behind), Saying(5_001, 5_001));
        await watch.UntilAsync(5_001);

        Assert.Equal(["resumed", "to 4", "snapshot", "Live", "to 5001"], told.SkipWhile(word => word != "resumed"));
    }

    [Fact]
    public async Task Head_Of_One_Connection_Does_Not_Hold_Back_A_Snapshot_Of_The_Next()
    {
        var (watch, told) = await WatchAndLoseAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(2, head: 9), Saying(3, 4));
        await watch.UntilAsync(4);
        viewer.Cut();
        (await Hub.NextViewerAsync()).Send(Snapshot(3, SnapshotReasons.Diverged, "h2"), Saying(4, 4));
        await watch.UntilAsync(4);

        Assert.Equal(["snapshot", "Live", "to 4"], told[^3..]);
    }

    /// <summary>A program that was live at 2 and lost its connection, and what it is told.</summary>
    private async Task<(Watch Watch, List<string> Told)> WatchAndLoseAsync()
    {
        var room = OpenRoom();
        var told = new List<string>();
        room.Updated += (_, update) => told.Add(Word(update));
        var watch = Watch(room);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);
        Assert.Equal(["CatchingUp", "snapshot", "Live"], told);
        viewer.Cut();
        return (watch, told);
    }

    private static string Word(RoomUpdate update) => update switch
    {
        ConnectionStateUpdate { ConnectionState: var state } => $"{state}",
        EventsUpdate { Events: [.., var last] } => $"to {last.Sequence}",
        SnapshotUpdate => "snapshot",
        ResumedUpdate => "resumed",
        _ => update.GetType().Name,
    };
}
