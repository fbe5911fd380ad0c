using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs;

public sealed class WatchedRoomsTests(SharedHub shared)
{
    [Fact]
    public async Task Stream_Beyond_A_Connections_Bound_Is_Refused_And_The_Others_Go_On()
    {
        var host = await shared.Hub.CreateRoomAsync();
        await using var caller = await HubCaller.ConnectAsync(host);
        var streams = Enumerable.Range(0, WatchedRooms.MaxStreams).Select(_ => caller.Watch(host.Room)).ToList();
        foreach (var stream in streams)
            await stream.ReadAsync(TestContext.Current.CancellationToken).InTime();

        await HubCaller.EndsAsync(caller.Watch(host.Room), ErrorCodes.RateLimited);

        await caller.InvokeAsync("Say", host.Room, "hello");
        foreach (var stream in streams)
        {
            Assert.Equal(
                FrameKinds.Events,
                (await stream.ReadAsync(TestContext.Current.CancellationToken).InTime()).GetProperty("kind").GetString());
        }
    }
}
