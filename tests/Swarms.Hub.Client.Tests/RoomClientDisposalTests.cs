using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class RoomClientDisposalTests : RoomClientTestBase
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls =>
        [.. PublicCalls.Names.Where(name => name.StartsWith(nameof(RoomClient), StringComparison.Ordinal))];

    [Fact]
    public async Task Watch_Ends_Without_An_Error_And_Its_Connection_Is_Closed_When_The_Disposal_Returns()
    {
        var room = OpenRoom();
        var watch = Watch(room);
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        await room.DisposeAsync();

        await watch.Ended;
        await viewer.Ended;
        Assert.Equal(ConnectionState.Offline, room.ConnectionState);
        Assert.False(Hub.HasAnotherViewer);
    }

    [Fact]
    public async Task Watch_That_Waits_For_The_Hub_Ends_Too()
    {
        await Hub.DieAsync();
        Options.MaxReconnectDelay = TimeSpan.FromMinutes(1);
        var watch = Watch();
        await watch.BecomesAsync(ConnectionState.Reconnecting);

        await watch.Room.DisposeAsync();

        await watch.Ended;
    }

    [Fact]
    public async Task Callback_May_Dispose_Of_The_Room()
    {
        var room = OpenRoom();
        var disposing = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        room.EventReceived += (_, _) => disposing.TrySetResult(room.DisposeAsync().AsTask());
        var watch = Watch(room);
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3));

        await (await disposing.Task.InTime()).InTime();

        await watch.Ended;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Later_Call_Throws_And_Names_The_Room(string call)
    {
        PublicCalls.AnswerAll(Hub);
        await using var client = new HubClient(Hub.Address, Options);
        var room = client.OpenRoom("room1", "token1");
        await room.DisposeAsync();

        // Asynchronously or at once, as each does with its arguments.
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await PublicCalls.Invoke(call, client, room, CancellationToken).InTime());

        Assert.Equal(typeof(RoomClient).FullName, error.ObjectName);
        Assert.Empty(Hub.Calls);
        Assert.Equal(0, Hub.Connections);
    }

    [Fact]
    public async Task Other_Rooms_Of_The_Client_Go_On()
    {
        PublicCalls.AnswerAll(Hub);
        await using var client = new HubClient(Hub.Address, Options);
        var room = client.OpenRoom("room1", "token1");
        await using var other = client.OpenRoom("room1", "token1");

        await room.DisposeAsync();
        await room.DisposeAsync();

        Assert.Equal("Biology", (await other.GetRoomAsync(CancellationToken)).Room.Name);
    }
}
