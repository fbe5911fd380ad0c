using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Model;

/// <summary>A program that watches a room and compares each update with the log. A slow one takes them only when it is told to.</summary>
internal sealed class CheckedProgram : IAsyncDisposable
{
    private readonly RoomClient _room;
    private readonly LyingHub _hub;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim? _turns;
    private readonly Lock _lock = new();
    private readonly Task _watching;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _history = "";
    private long _held;

    public CheckedProgram(RoomClient room, LyingHub hub, bool isSlow)
    {
        _room = room;
        _hub = hub;
        _turns = isSlow ? new SemaphoreSlim(0) : null;
        _watching = WatchAsync();
    }

    public bool IsSlow => _turns is not null;

    public void Take(int updates)
    {
        if (updates > 0)
            _turns?.Release(updates);
    }

    /// <summary>Waits until it holds exactly that.</summary>
    public async Task ReachAsync(string history, long sequence)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if ((_history, _held) == (history, sequence))
                    return;

                changed = _changed.Task;
            }

            await (await Task.WhenAny(changed, _watching).InTime());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _turns?.Dispose();
    }

    private async Task WatchAsync()
    {
        await foreach (var update in _room.WatchAsync(_stop.Token))
        {
            Check(update);
            await (_turns?.WaitAsync(_stop.Token) ?? Task.CompletedTask);
        }
    }

    private void Check(RoomUpdate update)
    {
        lock (_lock)
        {
            if (update is SnapshotUpdate { State: var state })
            {
                _history = state.Room.Name;
                _held = state.Messages.Count == 0 ? 0 : state.Messages[^1].Sequence;
            }

            foreach (var roomEvent in (update as EventsUpdate)?.Events ?? [])
            {
                Assert.Equal(++_held, roomEvent.Sequence);
                Assert.Equal(_hub.TextAt(_history, _held), roomEvent.Data.GetProperty("text").GetString());
            }

            foreach (var message in _room.State?.Messages ?? [])
                Assert.Equal(_hub.TextAt(_history, message.Sequence), message.Text);

            Assert.Equal(Math.Min(200, _held), _room.State?.Messages.Count ?? 0);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
