using System.Threading.Channels;

namespace Swarms.Hub.Client;

/// <summary>
/// Holds the updates that the program has not taken yet. Written by the feed's loop and SignalR's callbacks, read by the program's loop.
/// It takes every item, and the feed keeps the bound: while <see cref="HasRoom"/> is false it lets go of its stream and opens no other. So
/// this holds at most its bound, the frame that exceeded it, and the newest presence. Of presence only the newest waits at the end of the
/// queue, because it is the whole picture and comes also where nothing else does. Nothing else is ever replaced.
/// Next: <see cref="RoomWatch"/>.
/// </summary>
internal sealed class UpdateQueue(int maxEvents)
{
    private readonly Channel<Place> _items = Channel.CreateUnbounded<Place>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private Place? _last;
    private TaskCompletionSource? _emptied;
    private int _held;
    private int _taken;

    /// <summary>False: the feed must bring no more for now.</summary>
    public bool HasRoom => Volatile.Read(ref _held) < maxEvents;

    /// <summary>Adds an item.</summary>
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

    /// <summary>No more will come; the items that are held can still be taken.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>Waits until the program has taken everything and come back for more.</summary>
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

    /// <summary>The next item; null when there will be none. The one that was taken before counts until this is called again. One caller at a time.</summary>
    public async ValueTask<FeedItem?> TakeAsync(CancellationToken cancellationToken)
    {
        Release();
        while (await _items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_items.Reader.TryRead(out var place))
                return Take(place);
        }

        return null;
    }

    private FeedItem Take(Place place)
    {
        lock (_lock)
        {
            if (_last == place)
                _last = null;

            _taken = place.Item.Weight;
            return place.Item;
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _held -= _taken;
            _taken = 0;
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
