using Swarms.Hub.Testing;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class HubClientDisposalTests : RoomClientTestBase
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. PublicCalls.Names];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_Ends_As_If_Cancelled(bool waits)
    {
        var client = new HubClient(Hub.Address, Options);
        var watch = Watch(client.OpenRoom("room1", "token1"));
        var viewer = await Hub.NextViewerAsync();
        viewer.Send(Snapshot(2));
        await watch.BecomesAsync(ConnectionState.Live);

        await DisposeAsync(client, waits);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Ended);
        await viewer.Ended;
        Assert.Equal(ConnectionState.Offline, watch.Room.ConnectionState);
        Assert.False(Hub.HasAnotherViewer);
    }

    [Fact]
    public async Task Watch_That_Waits_For_The_Hub_Ends_Too()
    {
        await Hub.DieAsync();
        Options.MaxReconnectDelay = TimeSpan.FromMinutes(1);
        var client = new HubClient(Hub.Address, Options);
        var watch = Watch(client.OpenRoom("room1", "token1"));
        await watch.BecomesAsync(ConnectionState.Reconnecting);

        await client.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Ended);
    }

    [Fact]
    public async Task Callback_May_Dispose_Of_The_Client()
    {
        var client = new HubClient(Hub.Address, Options);
        var room = client.OpenRoom("room1", "token1");
        var events = 0;
        room.EventReceived += (_, _) =>
        {
            events++;
            client.Dispose();
        };
        var watch = Watch(room);
        (await Hub.NextViewerAsync()).Send(Snapshot(2), Saying(3, 3), Saying(4, 4));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Ended);

        Assert.Equal(1, events);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Later_Call_Throws_And_Names_The_Client(string call)
    {
        PublicCalls.AnswerAll(Hub);
        var client = new HubClient(Hub.Address, Options);
        var room = client.OpenRoom("room1", "token1");
        client.Dispose();

        // Asynchronously or at once, as each does with its arguments.
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await PublicCalls.Invoke(call, client, room, CancellationToken).InTime());

        Assert.Equal(typeof(HubClient).FullName, error.ObjectName);
        Assert.Empty(Hub.Calls);
        Assert.Equal(0, Hub.Connections);
    }

    [Fact]
    public void Room_Is_Not_Given_Out_Any_More()
    {
        var client = new HubClient(Hub.Address);
        client.Dispose();

        var error = Assert.Throws<ObjectDisposedException>(() => client.OpenRoom("room1", "token1"));

        Assert.Equal(typeof(HubClient).FullName, error.ObjectName);
    }

    [Theory]
    [InlineData("before the answer")]
    [InlineData("in the answer")]
    [InlineData("between two attempts")]
    public async Task Call_That_Is_Under_Way_Throws_And_Names_The_Client(string when)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Options.TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        Hub.Answer("GET /api/rooms/room1/runs/r1", async context =>
        {
            if (when == "in the answer")
                await context.Response.Body.WriteAsync(new byte[] { (byte)'{' }, CancellationToken);

            if (when == "between two attempts")
                context.Response.StatusCode = 503;

            await context.Response.Body.FlushAsync(CancellationToken);
            arrived.TrySetResult();
            if (when != "between two attempts")
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        var client = new HubClient(Hub.Address, Options);
        var call = client.OpenRoom("room1", "token1").GetRunAsync("r1", CancellationToken);
        await arrived.Task.InTime();

        client.Dispose();

        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => call.InTime());
        Assert.Equal(typeof(HubClient).FullName, error.ObjectName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hand_That_Is_Under_Way_Throws_And_Names_The_Client(bool isOpen)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isOpen)
            Hub.OnInvocation = arrived.SetResult;

        await using var network = new CuttableNetwork(Hub.Address);
        if (!isOpen)
            network.Swallow();

        var client = new HubClient(network.Address, Options);
        var raising = client.OpenRoom("room1", "token1").RaiseHandAsync(CancellationToken);
        if (isOpen)
            await arrived.Task.InTime();

        client.Dispose();

        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => raising.InTime());
        Assert.Equal(typeof(HubClient).FullName, error.ObjectName);
    }

    [Fact]
    public async Task Disposing_Twice_And_In_Both_Ways_Is_Fine()
    {
        var client = new HubClient(Hub.Address);

        client.Dispose();
        client.Dispose();
        await client.DisposeAsync();
        await client.DisposeAsync();
        client.Dispose();
    }

    private static async Task DisposeAsync(HubClient client, bool waits)
    {
        if (waits)
            await client.DisposeAsync();
        else
            client.Dispose();
    }
}
