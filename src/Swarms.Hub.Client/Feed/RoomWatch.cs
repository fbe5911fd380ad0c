namespace Swarms.Hub.Client;

/// <summary>
/// One watch of a room, from its first update to its last: runs the feed, takes what it queued, folds it, calls the callbacks and hands it
/// over. Stopping it frees the room for the next watch at once: it folds and hands over nothing more. One caller of
/// <see cref="NextAsync"/> at a time, on any thread.
/// </summary>
internal sealed class RoomWatch : IAsyncDisposable
{
    private readonly RoomClient _room;
    private readonly UpdateQueue _queue;
    private readonly RoomFeed _feed;
    private readonly CallerContext _caller = new();
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenSource _stop;
    private readonly Queue<RoomUpdate> _updates = [];
    private readonly RoomEndpoint _endpoint;
    private Task<HubClientException?> _feeding = Task.FromResult<HubClientException?>(null);

    private RoomWatch(RoomClient room, RoomEndpoint endpoint, CancellationToken cancelled)
    {
        _room = room;
        _endpoint = endpoint;
        _queue = new UpdateQueue(endpoint.Options.MaxBufferedEvents);
        _feed = new RoomFeed(endpoint, _queue);
        _cancelled = cancelled;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, endpoint.Stopping);
    }

    /// <summary>The feed's state, also while a slow program has yet to be told so.</summary>
    public ConnectionState State => _feed.State;

    /// <summary>The transport of its feed.</summary>
    public ConnectionTransport Transport => _feed.Transport;

    /// <summary>The open connection, for calls; null while there is none.</summary>
    public SignalRConnection? Connection => _feed.Connection;

    /// <summary>The cursor of the last frame that was queued; null where the next stream begins with a snapshot.</summary>
    public string? Cursor => _feed.Cursor;

    /// <summary>A watch that has yet to be started. Its owner disposes of it when the loop ends.</summary>
    public static RoomWatch Create(RoomClient room, RoomEndpoint endpoint, CancellationToken cancelled) => new(room, endpoint, cancelled);

    /// <summary>Begins to read the room.</summary>
    public void Start()
    {
        _stop.Token.Register(Release);
        _feeding = _endpoint.Track(_feed.RunAsync(_stop.Token));
    }

    /// <summary>The next update, after its callbacks were called; null at the end. Throws the refusal, where that is the end.</summary>
    public async ValueTask<RoomUpdate?> NextAsync()
    {
        try
        {
            while (_updates.Count == 0)
            {
                if (await _queue.TakeAsync(_stop.Token).ConfigureAwait(false) is not { } item)
                    return await EndAsync().ConfigureAwait(false);

                if (!_room.Fold(item, this, _updates))
                    return Stopped();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return Stopped();
        }

        // Only where there is something to call: a program may block the thread of its context.
        var hasCallbacks = _room.HasCallbacks;
        if (hasCallbacks)
            await _caller.SwitchAsync();

        if (_stop.IsCancellationRequested)
            return Stopped();

        var update = _updates.Dequeue();
        if (update is DigestUpdate { Matches: false } mismatch && _room.IsNewMismatch(mismatch.Run.Id))
            _feed.AskForSnapshot();

        // A callback that was added meanwhile begins with the next update, on its own context.
        _room.Announce(update, hasCallbacks);
        return update;
    }

    /// <summary>Ends the watch without an error.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _stop.CancelAsync().ConfigureAwait(false);
        // Its refusal, or its fault, was thrown to the program where it came back for it.
        await ((Task)_feeding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Release() =>
        _room.Release(this, _feed.State == ConnectionState.Ended ? ConnectionState.Ended : ConnectionState.Offline);

    private async ValueTask<RoomUpdate?> EndAsync()
    {
        if (_stop.IsCancellationRequested)
            return Stopped();

        return await _feeding.ConfigureAwait(false) is { } refusal && !_room.IsEndWanted ? throw refusal : null;
    }

    private RoomUpdate? Stopped()
    {
        _cancelled.ThrowIfCancellationRequested();
        return _endpoint.Stopping.IsCancellationRequested ? throw new OperationCanceledException("The HubClient was disposed of.") : null;
    }
}
