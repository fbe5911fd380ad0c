using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Swarms.Hub.Client;

/// <summary>
/// Holds what the program has not taken yet. Written by the feed's loop and SignalR's callbacks, read by the program's
/// loop. It takes whatever it is given, and the feed keeps the bound: while <see cref="HasRoom"/> is false it lets go of its
/// stream. So this holds at most its bound and the frame that exceeded it.
/// </summary>
internal sealed class UpdateQueue(int maxEvents)
{
    private readonly Channel<FeedItem> _items = Channel.CreateUnbounded<FeedItem>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private TaskCompletionSource? _emptied;
    private int _held;

    public bool HasRoom => Volatile.Read(ref _held) < maxEvents;

    public void Write(FeedItem item)
    {
        lock (_lock)
            _held += item.Weight;

        _items.Writer.TryWrite(item);
    }

    /// <summary>What is held can still be read.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>Waits until the program has taken everything.</summary>
    public Task WaitUntilEmptyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_held == 0)
                return Task.CompletedTask;

            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task.WaitAsync(cancellationToken);
        }
    }

    public async IAsyncEnumerable<FeedItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _items.Reader.ReadAllAsync(cancellationToken))
        {
            yield return item;
            // Only now has the program come back for more.
            Release(item.Weight);
        }
    }

    private void Release(int weight)
    {
        lock (_lock)
        {
            _held -= weight;
            if (_held > 0)
                return;

            _emptied?.SetResult();
            _emptied = null;
        }
    }
}
