using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientReconnectTests : RoomClientTestBase
{
    [Fact]
    public async Task Network_That_Swallows_Everything_Makes_The_Room_Offline_Until_It_Answers()
    {
        var time = new FakeTimeProvider();
        await using var network = new CuttableNetwork(Hub.Address);
        network.Swallow();
        Options.TimeProvider = time;
        using var client = new HubClient(network.Address, Options);
        var watch = Watch(client.OpenRoom("room1", "token1"));

        // Each attempt takes 15 seconds before it fails.
        await AdvanceUntilAsync(time, TimeSpan.FromSeconds(15), watch.BecomesAsync(ConnectionState.Offline));
        network.Mend();
        var viewer = Hub.NextViewerAsync();
        await AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(100), viewer);
        (await viewer).Send(Snapshot(2), Saying(3, 3));
        await watch.UntilAsync(3);

        Assert.Equal(ConnectionState.Live, watch.Room.ConnectionState);
    }

    [Fact]
    public async Task Connections_That_Break_At_Once_But_Bring_Something_Never_Make_The_Room_Offline()
    {
        var states = new List<ConnectionState>();
        var room = OpenRoom();
        room.ConnectionStateChanged += (_, change) => states.Add(change.ConnectionState);
        var watch = Watch(room);
        for (var sequence = 3; sequence < 12; sequence++)
        {
            var viewer = await Hub.NextViewerAsync();
            viewer.Send(sequence == 3 ? Snapshot(2) : Resumed(sequence - 1), Saying(sequence, sequence));
            await watch.UntilAsync(sequence);
            viewer.Cut();
        }

        await Hub.NextViewerAsync();
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11], watch.Sequences);
        Assert.Contains(ConnectionState.Reconnecting, states);
        Assert.DoesNotContain(ConnectionState.Offline, states);
    }
}
