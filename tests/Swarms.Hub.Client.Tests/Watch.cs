using System.Threading.Channels;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests;

/// <summary>A program that watches a room, takes every update at once and remembers it.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<RoomUpdate> _updates = Channel.CreateUnbounded<RoomUpdate>();
    private readonly Task _watching;

    public Watch(RoomClient room)
    {
        Room = room;
        _watching = RunAsync();
    }

    public RoomClient Room { get; }

    /// <summary>The sequences that were handed over, in that order.</summary>
    public List<long> Sequences { get; } = [];

    /// <summary>How watching ended: completes, or fails with what <c>WatchAsync</c> threw.</summary>
    public Task Ended => _watching.InTime();

    /// <summary>The next update of a kind, passing over all others.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? isIt = null)
        where T : RoomUpdate
    {
        while (true)
        {
            if (await _updates.Reader.ReadAsync().InTime() is T update && isIt?.Invoke(update) != false)
                return update;
        }
    }

    public Task BecomesAsync(ConnectionState state) => NextAsync<ConnectionStateUpdate>(change => change.ConnectionState == state);

    public async Task UntilAsync(long sequence)
    {
        while ((await NextAsync<EventsUpdate>()).Events[^1].Sequence < sequence)
        {
        }
    }

    /// <summary>Waits until the room's state, after some update, is as wanted; it may be so already.</summary>
    public async Task<RoomSnapshot> StateAsync(Func<RoomSnapshot, bool> isWanted)
    {
        while (true)
        {
            if (Room.State is { } state && isWanted(state))
                return state;

            await NextAsync<RoomUpdate>();
        }
    }

    public async Task<Run> RunAsync(string runId, Func<Run, bool> isWanted)
    {
        var state = await StateAsync(state => state.FindRun(runId) is { } run && isWanted(run));
        return state.FindRun(runId)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var update in Room.WatchAsync(_stop.Token))
            {
                if (update is EventsUpdate { Events: var events })
                    Sequences.AddRange(events.Select(roomEvent => roomEvent.Sequence));

                _updates.Writer.TryWrite(update);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
        finally
        {
            _updates.Writer.TryComplete();
        }
    }
}
