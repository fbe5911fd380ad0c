using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests;

/// <summary>A fake hub, and a client of its room that reconnects quickly.</summary>
public abstract class RoomClientTestBase : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _watches = [];
    private HubClient? _client;

    internal FakeHub Hub { get; private set; } = null!;

    internal HubClientOptions Options { get; } = new() { MaxReconnectDelay = TimeSpan.FromMilliseconds(20) };

    public async ValueTask InitializeAsync() => Hub = await FakeHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
            await watch.DisposeAsync();

        _client?.Dispose();
        await Hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal RoomClient OpenRoom(string roomId = "room1") => (_client ??= new HubClient(Hub.Address, Options)).OpenRoom(roomId, "token1");

    internal Watch Watch(RoomClient? room = null)
    {
        var watch = new Watch(room ?? OpenRoom());
        _watches.Add(watch);
        return watch;
    }

    /// <summary>Waits until the client has read the frame with that cursor, taken by its program or not.</summary>
    internal static Task QueuedAsync(RoomClient room, string cursor)
    {
        return WaitAsync().InTime();

        async Task WaitAsync()
        {
            while (room.QueuedCursor != cursor)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves the clock until something comes of it, because a wait may begin only after the clock was moved.</summary>
    internal static async Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Task signal)
    {
        while (!signal.IsCompleted)
        {
            time.Advance(step);
            await Task.WhenAny(signal, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        await signal;
    }
}
