using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// Reads one room's log: one connection at a time, reconnecting for ever, resuming at the cursor of the last frame that was
/// queued for the program. Every event is queued once, in order, without a gap; where that cannot be kept, a snapshot
/// replaces what was there. Its one loop, <see cref="RunAsync"/>, ends when it is stopped or the hub refuses for good.
/// Next: <see cref="UpdateQueue"/>.
/// </summary>
internal sealed class RoomFeed(RoomEndpoint endpoint, UpdateQueue queue)
{
    /// <summary>A stream that lived so long was a good one: its loss starts the attempts from the beginning.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(5);

    /// <summary>From so many failures in a row on, people are told that they are offline.</summary>
    private const int OfflineAfterFailures = 3;

    private readonly HubClientOptions _options = endpoint.Options;
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stream;
    private FeedEnding _streamEnding;
    private volatile bool _isSnapshotWanted;
    private volatile SignalRConnection? _connection;
    private volatile ConnectionState _state;
    private string? _cursor;
    private long? _lastSequence;
    private HubClientException? _error;
    private DateTimeOffset _drainUntil;
    private int _failures;
    private bool _isStorageAvailable = true;

    /// <summary>What the feed is at, which the program learns when it has taken what was queued before.</summary>
    public ConnectionState State => _state;

    /// <summary>The open connection, for calls; null while there is none.</summary>
    public SignalRConnection? Connection => _connection;

    /// <summary>Lets go of what is held and asks for a snapshot. May be called from any thread.</summary>
    public void AskForSnapshot()
    {
        _isSnapshotWanted = true;
        EndStream(FeedEnding.SnapshotWanted);
    }

    /// <summary>Runs until it is stopped or refused, and gives the hub's refusal in that case. Never throws.</summary>
    public async Task<HubClientException?> RunAsync(CancellationToken stopping)
    {
        HubClientException? refusal = null;
        try
        {
            SetState(ConnectionState.CatchingUp);
            while (refusal is null && !stopping.IsCancellationRequested)
            {
                var startedAt = _options.TimeProvider.GetTimestamp();
                var ending = await FollowAsync(stopping);
                if (_options.TimeProvider.GetElapsedTime(startedAt) >= StableAfter)
                    _failures = 0;

                if (ending == FeedEnding.Refused)
                    refusal = _error;
                else
                    await PauseAsync(ending, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        finally
        {
            SetState(refusal is null ? ConnectionState.Offline : ConnectionState.Ended, refusal);
            queue.Complete();
        }

        return refusal;
    }

    private async Task PauseAsync(FeedEnding ending, CancellationToken stopping)
    {
        if (ending == FeedEnding.Full)
        {
            SetState(ConnectionState.CatchingUp);
            await queue.WaitUntilEmptyAsync(stopping);
            return;
        }

        var delay = _drainUntil - _options.TimeProvider.GetUtcNow();
        if (ending != FeedEnding.Draining && delay <= TimeSpan.Zero)
            delay = ReconnectDelay.After(_failures++, _options.MaxReconnectDelay, Random.Shared.NextDouble());

        _drainUntil = default;
        SetState(_failures > OfflineAfterFailures ? ConnectionState.Offline : ConnectionState.Reconnecting, _error);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _options.TimeProvider, stopping);
    }

    /// <summary>One connection, from its opening to its end. Throws nothing but the caller's own cancellation.</summary>
    private async Task<FeedEnding> FollowAsync(CancellationToken stopping)
    {
        _error = null;
        using var stream = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var drain = _options.TimeProvider.CreateTimer(_ => EndStream(FeedEnding.Draining), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
            _stream = stream;

        try
        {
            await using var connection = endpoint.Connect();
            connection.OnPresence(TakePresence);
            connection.OnDraining(seconds => drain.Change(PlanDrain(seconds), Timeout.InfiniteTimeSpan));
            if (await OpenAsync(connection, stream.Token) is { } refused)
                return refused;

            _connection = connection;
            try
            {
                return await ReadAsync(connection, stream.Token);
            }
            finally
            {
                // Before it is closed, so that no call is made on what is closing.
                _connection = null;
            }
        }
        catch (OperationCanceledException) when (stream.IsCancellationRequested)
        {
            stopping.ThrowIfCancellationRequested();
            return _streamEnding;
        }
        catch (JsonException)
        {
            return WantSnapshot();
        }
        catch (Exception e)
        {
            return Judge(e);
        }
        finally
        {
            lock (_lock)
                _stream = null;
        }
    }

    /// <summary>An ending where the hub refuses; null where the connection is open.</summary>
    private async Task<FeedEnding?> OpenAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _error = await endpoint.WhyRefusedAsync(e, cancellationToken) ?? HubClientException.FromHub(e);
            return _error.IsFinal ? FeedEnding.Refused : FeedEnding.Lost;
        }
    }

    private async Task<FeedEnding> ReadAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        if (_isSnapshotWanted)
        {
            _isSnapshotWanted = false;
            _cursor = null;
        }

        SetState(ConnectionState.CatchingUp);
        // A stream that says nothing of the storage begins with it being there.
        SetStorage(true);
        var isFirst = true;
        await foreach (var frame in connection.WatchAsync(endpoint.RoomId, _cursor, cancellationToken))
        {
            if (frame is { Kind: FrameKinds.Storage, IsAvailable: { } isAvailable })
                SetStorage(isAvailable);

            // A kind of frame that a later hub invented: nothing of the log is in it that this client could hold.
            if (frame.Kind is not (FrameKinds.Snapshot or FrameKinds.Resumed or FrameKinds.Events))
                continue;

            if (!Continues(frame, isFirst))
                return WantSnapshot();

            isFirst = false;
            queue.Write(new FeedItem(frame, null));
            SetState(ConnectionState.Live);
            if (!queue.HasRoom)
                return FeedEnding.Full;
        }

        return FeedEnding.Lost;
    }

    /// <summary>Moves the cursor to the frame's; false, and moves nothing, where it does not continue what was queued before.</summary>
    private bool Continues(RoomFrame frame, bool isFirst)
    {
        switch (frame.Kind)
        {
            case FrameKinds.Snapshot when frame.Room is not null:
                _lastSequence = RoomCursor.TryParse(frame.Cursor, out var cursor) ? cursor.Sequence : null;
                break;
            case FrameKinds.Resumed when isFirst && frame.Cursor == _cursor:
                break;
            case FrameKinds.Events when !isFirst && frame.Events is { Count: > 0 } events && AreNext(events):
                _lastSequence = events[^1].Sequence;
                break;
            default:
                return false;
        }

        _cursor = frame.Cursor;
        return true;
    }

    private bool AreNext(IReadOnlyList<RoomEvent> events)
    {
        var next = _lastSequence + 1 ?? events[0].Sequence;
        foreach (var roomEvent in events)
        {
            if (roomEvent.Sequence != next++)
                return false;
        }

        return true;
    }

    private FeedEnding WantSnapshot()
    {
        _cursor = null;
        return FeedEnding.SnapshotWanted;
    }

    private FeedEnding Judge(Exception exception)
    {
        _error = HubClientException.FromHub(exception);
        if (_error.IsFinal)
            return FeedEnding.Refused;

        if (_error.Code != ErrorCodes.Invalid)
            return FeedEnding.Lost;

        // It was the cursor; without one it is the room's id, and asking again would not help.
        return _cursor is null ? FeedEnding.Refused : WantSnapshot();
    }

    private void TakePresence(string roomId, RoomPresence presence)
    {
        if (roomId == endpoint.RoomId)
            queue.Write(new FeedItem(null, new PresenceUpdate(presence)));
    }

    private TimeSpan PlanDrain(int withinSeconds)
    {
        var delay = Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Max(0, withinSeconds));
        _drainUntil = _options.TimeProvider.GetUtcNow() + delay;
        return delay;
    }

    private void EndStream(FeedEnding ending)
    {
        CancellationTokenSource? stream;
        lock (_lock)
        {
            stream = _stream;
            _streamEnding = ending;
        }

        try
        {
            stream?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment.
        }
    }

    private void SetStorage(bool isAvailable)
    {
        if (_isStorageAvailable == isAvailable)
            return;

        _isStorageAvailable = isAvailable;
        queue.Write(new FeedItem(null, new StorageUpdate(isAvailable)));
    }

    private void SetState(ConnectionState state, HubClientException? error = null)
    {
        if (_state == state)
            return;

        _state = state;
        queue.Write(new FeedItem(null, new ConnectionStateUpdate(state, error)));
    }
}
