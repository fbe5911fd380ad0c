using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientEndingsTests : RoomClientTestBase
{
    [Theory]
    [InlineData(ErrorCodes.NotFound)]
    [InlineData(ErrorCodes.Forbidden)]
    [InlineData(ErrorCodes.Unauthenticated)]
    public async Task Refusal_In_Mid_Stream_Ends_The_Watch_For_Good(string code)
    {
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.NextAsync<SnapshotUpdate>();
        viewer.Fail($"{code}: The room: it is gone.");

        var change = await watch.NextAsync<ConnectionStateUpdate>(update => update.ConnectionState == ConnectionState.Ended);
        var error = await Assert.ThrowsAsync<HubClientException>(() => watch.Ended);

        Assert.Equal((code, "The room: it is gone."), (error.Code, error.Message));
        Assert.Same(error, change.Error);
        Assert.Equal(ConnectionState.Ended, watch.Room.ConnectionState);
        Assert.Equal(1, Hub.Connections);
    }

    [Fact]
    public async Task Room_Id_That_The_Hub_Finds_Invalid_Ends_The_Watch()
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Fail("invalid: That is no id.");

        Assert.Equal(ErrorCodes.Invalid, (await Assert.ThrowsAsync<HubClientException>(() => watch.Ended)).Code);
    }

    [Fact]
    public async Task Connection_That_Is_Refused_With_The_Hubs_Own_Word_Ends_The_Watch()
    {
        Hub.RefuseConnectionsWith = 401;
        Hub.Refuse("GET /api/rooms/room1/runs", 401, ErrorCodes.Unauthenticated, "No such token.");

        var error = await Assert.ThrowsAsync<HubClientException>(() => Watch().Ended);

        Assert.Equal((ErrorCodes.Unauthenticated, "No such token."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Connection_That_A_Proxy_Refuses_Is_Tried_Again()
    {
        Hub.RefuseConnectionsWith = 404;
        var watch = Watch();
        await watch.BecomesAsync(ConnectionState.Offline);

        Hub.RefuseConnectionsWith = null;
        (await Hub.NextViewerAsync()).Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        Assert.NotNull(watch.Room.State);
    }

    [Fact]
    public async Task Connection_That_A_Starting_Hub_Refuses_Is_Tried_Again_And_Resumed()
    {
        Hub.Refuse("GET /api/rooms/room1/runs", 503, ErrorCodes.Starting, "The hub is starting.");
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        Hub.RefuseConnectionsWith = 503;
        viewer.Cut();
        await watch.BecomesAsync(ConnectionState.Offline);
        Hub.RefuseConnectionsWith = null;
        viewer = await Hub.NextViewerAsync();
        viewer.Send(Resumed(2));
        await watch.BecomesAsync(ConnectionState.Live);

        Assert.Equal("h1:2", viewer.Cursor);
        Assert.Contains(Hub.Calls, call => call.Call == "GET /api/rooms/room1/runs");
    }

    [Theory]
    [InlineData("starting: The hub is starting.")]
    [InlineData("storage_unavailable: The disk is full.")]
    [InlineData("draining: The hub stops.")]
    public async Task Trouble_Of_The_Hub_Is_Waited_Out(string trouble)
    {
        var watch = Watch();
        (await Hub.NextViewerAsync()).Fail(trouble);
        var change = await watch.NextAsync<ConnectionStateUpdate>(update => update.ConnectionState == ConnectionState.Reconnecting);
        (await Hub.NextViewerAsync()).Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        Assert.Equal(trouble, $"{change.Error!.Code}: {change.Error.Message}");
    }

    [Fact]
    public async Task Draining_Hub_Is_Left_After_A_Part_Of_The_Time_It_Gives()
    {
        var time = new FakeTimeProvider();
        Options.TimeProvider = time;
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        viewer.Send(Saying(3, 3));
        await watch.UntilAsync(3);
        await DrainAsync(watch, 20);
        Assert.False(viewer.Ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(20));

        await viewer.Ended;
        Assert.Equal("h1:3", (await Hub.NextViewerAsync()).Cursor);
    }

    [Fact]
    public async Task Draining_Hub_That_Is_Gone_Sooner_Is_Not_Called_Before_The_Planned_Time()
    {
        var time = new FakeTimeProvider();
        Options.TimeProvider = time;
        Options.ConnectTimeout = TimeSpan.FromDays(40);
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);
        await DrainAsync(watch, 100_000);

        viewer.Complete();
        await watch.BecomesAsync(ConnectionState.Reconnecting);
        Assert.False(Hub.HasAnotherViewer);

        await AdvanceUntilAsync(time, TimeSpan.FromSeconds(100_000), Hub.NextViewerAsync());
    }

    [Fact]
    public async Task Cancelling_Ends_The_Stream_At_The_Hub()
    {
        using var stop = new CancellationTokenSource();
        var room = OpenRoom();
        var opening = room.OpenAsync(stop.Token);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.InTime());
        await viewer.Ended;
        Assert.Equal(ConnectionState.Offline, room.ConnectionState);
    }

    [Fact]
    public async Task Leaving_The_Loop_Ends_The_Stream_And_The_Next_Watch_Begins_With_A_Snapshot()
    {
        var room = OpenRoom();
        var first = LeaveAtFirstEventAsync();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2), Saying(3, 4), Saying(5, 5));
        await first.InTime();
        await viewer.Ended;

        var watch = Watch(room);
        viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(5), Saying(6, 6));
        await watch.UntilAsync(6);

        Assert.Null(viewer.Cursor);

        async Task LeaveAtFirstEventAsync()
        {
            await foreach (var update in room.WatchAsync(TestContext.Current.CancellationToken))
            {
                if (update is EventsUpdate)
                    break;
            }
        }
    }

    [Fact]
    public async Task Second_Watch_At_The_Same_Time_Is_An_Error_Of_The_Program()
    {
        var room = OpenRoom();
        Watch(room);
        await Hub.NextViewerAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => room.OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Leaving_The_Room_Ends_The_Watch_Without_An_Error()
    {
        Hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Snapshot(2), Ada));
        var watch = Watch();
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);
        Hub.Answer("DELETE /api/rooms/room1/members/m1", context =>
        {
            viewer.Fail("unauthenticated: This token is no longer valid.");
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        await watch.Room.LeaveAsync(TestContext.Current.CancellationToken);

        await watch.Ended;
        Assert.Equal(ConnectionState.Ended, watch.Room.ConnectionState);
    }

    /// <summary>Calls are handled in their order: the notice that follows shows that the client has planned its leaving.</summary>
    private async Task DrainAsync(Watch watch, int seconds)
    {
        await Hub.DrainAsync(seconds);
        await Hub.AnnounceAsync("room1", new RoomPresence { Viewers = 1, Members = [] });
        await watch.NextAsync<PresenceUpdate>();
    }
}
