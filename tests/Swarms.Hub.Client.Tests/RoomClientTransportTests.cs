using Microsoft.Extensions.Time.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientTransportTests : RoomClientTestBase
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Network_That_Passes_No_WebSockets_Is_Watched_Without_Them_At_Once_And_Goes_Back_When_It_Passes_Them()
    {
        Hub.PassesWebSockets = false;
        Hub.Answer("GET /api/rooms/room1/runs", new { runs = Array.Empty<object>() });
        Options.TimeProvider = _time;
        // The clock runs ahead of the connections.
        Options.ConnectTimeout = TimeSpan.FromDays(1);
        var states = new List<ConnectionState>();
        var room = OpenRoom();
        room.ConnectionStateChanged += (_, change) => states.Add(change.ConnectionState);
        var watch = Watch(room);
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);
        Assert.Equal(ConnectionTransport.LongPolling, room.Transport);
        Assert.Equal([ConnectionState.CatchingUp, ConnectionState.Live], states);

        Hub.PassesWebSockets = true;
        var viewer = Hub.NextViewerAsync();
        await AdvanceUntilAsync(_time, TransportChoice.TryAgainAfter, viewer);
        (await viewer).Send(Resumed(3), Saying(4, 4));
        await watch.UntilAsync(4);

        Assert.Equal(ConnectionTransport.WebSockets, room.Transport);
        Assert.Equal([3, 4], watch.Sequences);
        Assert.DoesNotContain(ConnectionState.Reconnecting, states);
    }

    [Fact]
    public async Task Hub_That_Answers_No_Call_Is_Not_Taken_For_A_Network_Without_WebSockets()
    {
        Hub.PassesWebSockets = false;
        Hub.Answer("GET /api/rooms/room1/runs", new { }, status: 502);
        var watch = Watch();

        await watch.BecomesAsync(ConnectionState.Offline);

        Assert.Equal(0, Hub.Connections);
        Assert.Equal(ConnectionTransport.WebSockets, watch.Room.Transport);
    }
}
