using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomWatchTests : RoomClientTestBase
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cancelled")]
    [InlineData("closed")]
    public async Task Next_Watch_Takes_Over_At_Once_From_One_Whose_Program_Has_Not_Noticed_That_It_Was_Stopped(string how)
    {
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        await using var first = room.WatchAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await first.MoveNextAsync().InTime());
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 4));
        await QueuedAsync(room, "h1:4");

        if (how == "cancelled")
            await stop.CancelAsync();
        else
            room.Close();

        var second = Watch(room);
        (await Hub.NextViewerAsync()).Send(Snapshot(9), Saying(10, 10));
        await second.UntilAsync(10);
        await viewer.Ended;

        // The first one is handed nothing more of what waited for it, and the room's state is that of the second.
        if (how == "cancelled")
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.MoveNextAsync().InTime());
        else
            Assert.False(await first.MoveNextAsync().InTime());

        Assert.Equal(10, Assert.Single(room.State!.Messages).Sequence);
        Assert.Equal(ConnectionState.Live, room.ConnectionState);
    }

    [Fact]
    public async Task Watches_That_Are_Stopped_And_Begun_In_One_Breath_Hand_Over_To_The_Last()
    {
        var room = OpenRoom();
        for (var times = 0; times < 10; times++)
        {
            using var stop = new CancellationTokenSource();
            _ = room.OpenAsync(stop.Token);
            await stop.CancelAsync();
        }

        var watch = Watch(room);
        var reached = watch.UntilAsync(3);
        while (!reached.IsCompleted)
        {
            var viewer = Hub.NextViewerAsync();
            if (await Task.WhenAny(viewer, reached) == viewer)
                (await viewer).Send(Snapshot(2), Saying(3, 3));
        }

        await reached;
        Assert.Equal([3], watch.Sequences);
    }

    [Fact]
    public async Task Watch_That_Goes_On_Is_Not_Taken_Over()
    {
        var room = OpenRoom();
        Watch(room);
        await Hub.NextViewerAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => room.OpenAsync(CancellationToken));
    }

    [Fact]
    public async Task Closing_Ends_The_Watch_Without_An_Error_And_The_Connection_With_It()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        watch.Room.Close();

        await watch.Ended;
        await viewer.Ended;
        Assert.Equal(ConnectionState.Offline, watch.Room.ConnectionState);
        watch.Room.Close();
    }

    [Fact]
    public async Task Watch_With_A_Cancelled_Token_Makes_No_Connection()
    {
        var room = OpenRoom();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.OpenAsync(new CancellationToken(canceled: true)));

        Assert.Equal(0, Hub.Connections);
        Assert.Equal(ConnectionState.Offline, room.ConnectionState);
    }

    [Fact]
    public async Task Deleting_The_Room_Ends_The_Watch_Without_An_Error()
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);
        Hub.Answer("DELETE /api/rooms/room1", context =>
        {
            viewer.Fail("not_found: The room was deleted.");
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        await watch.Room.DeleteAsync(CancellationToken);

        await watch.Ended;
        Assert.Equal(ConnectionState.Ended, watch.Room.ConnectionState);
    }

    [Fact]
    public async Task Deletion_That_The_Hub_Refuses_Leaves_The_Watch_As_It_Was()
    {
        Hub.Refuse("DELETE /api/rooms/room1", 403, ErrorCodes.Forbidden, "Only a host.");
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));

        await Assert.ThrowsAsync<HubClientException>(() => watch.Room.DeleteAsync(CancellationToken));
        viewer.Fail("not_found: Somebody else did it.");

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<HubClientException>(() => watch.Ended)).Code);
    }
}
