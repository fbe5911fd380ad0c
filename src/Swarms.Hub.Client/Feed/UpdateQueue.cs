using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Swarms.Hub.Client;

/// <summary>
/// Holds what the program has not taken yet. Written by the feed's loop and SignalR's callbacks, read by the program's
/// loop. It takes whatever it is given, and the feed keeps the bound: while <see cref="HasRoom"/> is false it lets go of its
/// stream and opens no other. So this holds at most its bound, what exceeded it, and the newest presence. Of presence, which
/// comes also where nothing else does, only the newest waits at the end of the queue: it is the whole picture. Nothing else
/// is ever replaced.
/// </summary>
internal sealed class UpdateQueue(int maxEvents)
{
    private readonly Channel<Place> _items = Channel.CreateUnbounded<Place>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private Place? _last;
    private TaskCompletionSource? _emptied;
    private int _held;

    public bool HasRoom => Volatile.Read(ref _held) < maxEvents;

    public void Write(FeedItem item)
    {
        lock (_lock)
        {
            if (item.IsPresence && _last is { Item.IsPresence: true } last)
            {
                last.Item = item;
                return;
            }

            _held += item.Weight;
            _last = new Place { Item = item };
            _items.Writer.TryWrite(_last);
        }
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
        await foreach (var place in _items.Reader.ReadAllAsync(cancellationToken))
        {
            var item = Take(place);
            yield return item;
            // Only now has the program come back for more.
            Release(item.Weight);
        }
    }

    private FeedItem Take(Place place)
    {
        lock (_lock)
        {
            if (_last == place)
                _last = null;

            return place.Item;
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

    private sealed class Place
    {
        public required FeedItem Item { get; set; }
    }
}
