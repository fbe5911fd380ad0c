using System.Text.Json;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// Reads one room's log: one connection at a time, reconnecting for ever, resuming at the cursor of the last frame that was queued for
/// the program. Every event is queued once, in order, without a gap; where that cannot be kept, a snapshot replaces the events before.
/// Its one loop, <see cref="RunAsync"/>, ends when it is stopped, when the hub refuses for good, or at a fault of the program itself.
/// Next: <see cref="UpdateQueue"/>.
/// </summary>
internal sealed partial class RoomFeed(RoomEndpoint endpoint, UpdateQueue queue)
{
    private readonly HubClientOptions _options = endpoint.Options;
    private readonly ILogger _logger = endpoint.CreateLogger<RoomClient>();
    private readonly FeedPosition _position = new(endpoint.IsOfEmbed);
    private readonly ReconnectPlan _plan = new(endpoint.Options.TimeProvider, endpoint.Options.MaxReconnectDelay);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stream;
    private FeedEnding _streamEnding;
    private volatile bool _isSnapshotWanted;
    private volatile SignalRConnection? _connection;
    private volatile ConnectionState _state;
    private volatile ConnectionTransport _transport;
    private HubClientException? _error;
    private RoomPresence? _presence;
    private bool _isStorageAvailable = true;

    /// <summary>The feed's state, which the program learns when it has taken the updates before.</summary>
    public ConnectionState State => _state;

    /// <summary>The transport of the last connection that opened.</summary>
    public ConnectionTransport Transport => _transport;

    /// <summary>The open connection, for calls; null while there is none.</summary>
    public SignalRConnection? Connection => _connection;

    /// <summary>The cursor of the last frame that was queued; null where the next stream begins with a snapshot.</summary>
    public string? Cursor => _position.Cursor;

    /// <summary>Drops the cursor and asks for a snapshot. May be called from any thread.</summary>
    public void AskForSnapshot()
    {
        _isSnapshotWanted = true;
        EndStream(FeedEnding.SnapshotWanted);
    }

    /// <summary>
    /// Runs until it is stopped or refused, and gives the hub's refusal in that case. Throws only a fault of the program itself.
    /// </summary>
    public async Task<HubClientException?> RunAsync(CancellationToken stopping)
    {
        HubClientException? refusal = null;
        try
        {
            SetState(ConnectionState.CatchingUp);
            while (refusal is null && !stopping.IsCancellationRequested)
            {
                var ending = await FollowAsync(stopping).ConfigureAwait(false);
                _plan.Ended();
                if (ending == FeedEnding.Refused)
                    refusal = _error;
                else if (ending != FeedEnding.TransportChanged)
                    await PauseAsync(ending, stopping).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
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
        // Full also of what connections bring that break again and again: a program that takes nothing is told of no more of them.
        if (ending == FeedEnding.Full || !queue.HasRoom)
        {
            SetState(ConnectionState.CatchingUp);
            await queue.WaitUntilEmptyAsync(stopping).ConfigureAwait(false);
            return;
        }

        var delay = _plan.Next(ending == FeedEnding.Draining, _error);
        SetState(_plan.IsOffline ? ConnectionState.Offline : ConnectionState.Reconnecting, _error);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _options.TimeProvider, stopping).ConfigureAwait(false);
    }

    /// <summary>One connection, from its opening to its end.</summary>
    private async Task<FeedEnding> FollowAsync(CancellationToken stopping)
    {
        (_error, _presence) = (null, null);
        using var stream = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var drain = _options.TimeProvider.CreateTimer(
            _ => EndStream(FeedEnding.Draining), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
            _stream = stream;

        try
        {
            var connection = endpoint.Connect();
            await using (connection.ConfigureAwait(false))
            {
                connection.OnPresence(TakePresence);
                connection.OnWatching(TakeWatching);
                connection.OnDraining(seconds => drain.Change(_plan.Drain(seconds), Timeout.InfiniteTimeSpan));
                if (!await endpoint.OpenAsync(connection, stream.Token).ConfigureAwait(false))
                    return FeedEnding.TransportChanged;

                _connection = connection;
                _transport = connection.Transport;
                using var reading = CancellationTokenSource.CreateLinkedTokenSource(stream.Token);
                var trying = TryWebSocketsAsync(connection, reading.Token);
                try
                {
                    return await ReadAsync(connection, stream.Token).ConfigureAwait(false);
                }
                finally
                {
                    // Before it is closed, so that no call is made on a connection that is closing.
                    _connection = null;
                    await reading.CancelAsync().ConfigureAwait(false);
                    await trying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch (Exception) when (stream.IsCancellationRequested)
        {
            stopping.ThrowIfCancellationRequested();
            return _streamEnding;
        }
        catch (JsonException)
        {
            return WantSnapshot();
        }
        catch (HubClientException e)
        {
            return Judge(e);
        }
        finally
        {
            lock (_lock)
                _stream = null;
        }
    }

    /// <summary>Ends the stream of a connection without a WebSocket once these are passed again.</summary>
    private async Task TryWebSocketsAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        if (connection.Transport == ConnectionTransport.WebSockets)
            return;

        do
            await Task.Delay(TransportChoice.TryAgainAfter, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        while (!await endpoint.PassesWebSocketsAsync(cancellationToken).ConfigureAwait(false));

        EndStream(FeedEnding.TransportChanged);
    }

    private async Task<FeedEnding> ReadAsync(SignalRConnection connection, CancellationToken cancellationToken)
    {
        if (_isSnapshotWanted)
        {
            _isSnapshotWanted = false;
            _position.Forget();
        }

        SetState(ConnectionState.CatchingUp);
        // A stream that says nothing of the storage begins with it being there.
        SetStorage(true);
        var isFirst = true;
        await foreach (var frame in connection.WatchAsync(endpoint.RoomId, _position.Cursor, cancellationToken).ConfigureAwait(false))
        {
            if (frame is { Kind: FrameKinds.Storage, IsAvailable: { } isAvailable })
                SetStorage(isAvailable);

            // Any other kind is one that a later hub invented: nothing of the log is in it that this client could hold.
            if (frame.Kind is FrameKinds.Snapshot or FrameKinds.Resumed or FrameKinds.Events)
            {
                if (!_position.MoveTo(frame, isFirst))
                    return WantSnapshot();

                isFirst = false;
                _plan.Heard();
                queue.Write(new FeedItem(frame, null));
                if (_position.IsCaughtUp)
                    SetState(ConnectionState.Live);
            }

            if (!queue.HasRoom)
                return FeedEnding.Full;
        }

        return FeedEnding.Lost;
    }

    private FeedEnding WantSnapshot()
    {
        _position.Forget();
        return FeedEnding.SnapshotWanted;
    }

    private FeedEnding Judge(HubClientException error)
    {
        _error = error;
        if (!error.IsFinal)
            return FeedEnding.Lost;

        // Invalid was the cursor; without one it is the room's id, and asking again would not help.
        return error.Code == ErrorCodes.Invalid && _position.Cursor is not null ? WantSnapshot() : FeedEnding.Refused;
    }

    private void TakePresence(string roomId, RoomPresence presence)
    {
        // The whole comes first on each connection. A change before it says too little.
        if (roomId != endpoint.RoomId || (presence.Left is not null && _presence is null))
            return;

        _presence = _presence?.Apply(presence) ?? presence;
        queue.Write(new FeedItem(null, new PresenceUpdate(_presence)));
    }

    private void TakeWatching(string roomId, RoomWatching watching)
    {
        if (roomId == endpoint.RoomId)
            queue.Write(new FeedItem(null, new WatchingUpdate(watching)));
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
        Log.StateChanged(_logger, endpoint.RoomId, state, error?.Code);
        queue.Write(new FeedItem(null, new ConnectionStateUpdate(state, error)));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The watch of room {Room} is {State}: {Code}")]
        public static partial void StateChanged(ILogger logger, string room, ConnectionState state, string? code);
    }
}
