using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// One room, as one member. <see cref="WatchAsync"/> (or <see cref="OpenAsync"/>, for callbacks alone) reads its log for as long as you
/// like: it reconnects by itself and resumes where it was, and hands over updates in order, each event once, without a gap. Commands work
/// whether you watch or not; each fails with <see cref="HubClientException"/>. Thread-safe, but for one watch at a time.
/// </summary>
/// <remarks>
/// Callbacks are called by the watching loop, just before it hands the same update over: in that order, one after the other, on the
/// synchronization context on which the watch began. A callback that throws disturbs neither the other callbacks nor the watch. Its
/// exception goes to <see cref="CallbackFailed"/>, and is thrown as an <c>async void</c> method would throw it where nobody listens there.
/// Calls, and a watch without callbacks, need no context: a program may block on them on any thread.
/// </remarks>
public sealed partial class RoomClient : IAsyncDisposable
{
    private readonly RoomEndpoint _endpoint;
    private readonly RoomView _view = new();
    private readonly HashSet<string> _mistrusted = [];
    private readonly Lock _lock = new();
    private RoomWatch? _watch;
    private Member? _member;
    private RoomPresence? _presence;
    private volatile bool _isStorageAvailable = true;
    private volatile bool _isEndWanted;
    private volatile ConnectionState _stateBetweenWatches;

    internal RoomClient(RoomEndpoint endpoint, Member? member)
    {
        _endpoint = endpoint;
        _member = member;
    }

    /// <summary>Every update that <see cref="WatchAsync"/> hands over.</summary>
    public event EventHandler<RoomUpdate>? Updated;

    /// <summary>Each event of the room.</summary>
    public event EventHandler<RoomEvent>? EventReceived;

    /// <summary>Others came or went.</summary>
    public event EventHandler<PresenceUpdate>? PresenceChanged;

    /// <summary>Members follow the room otherwise than before. Only hosts are told.</summary>
    public event EventHandler<WatchingUpdate>? WatchingChanged;

    /// <summary>The hub's storage stopped (false) or began again (true) to take writes.</summary>
    public event EventHandler<StorageUpdate>? StorageAvailabilityChanged;

    /// <summary>The connection changed; with the reason, where there is one.</summary>
    public event EventHandler<ConnectionStateUpdate>? ConnectionStateChanged;

    /// <summary>Another callback threw. The watch goes on.</summary>
    public event EventHandler<Exception>? CallbackFailed;

    /// <summary>The room's id.</summary>
    public string Id => _endpoint.RoomId;

    /// <summary>Stands for the member. A secret.</summary>
    public string Token => _endpoint.Token;

    /// <summary>The caller in the room; null in a room that was opened by its id, until <see cref="GetMemberAsync"/>.</summary>
    public Member? Member => Volatile.Read(ref _member);

    /// <summary>
    /// The room as the updates so far add up to it; null before the first snapshot. Each value is immutable. Getting a new one copies the
    /// texts of the runs that have grown since the last. May be read from any thread.
    /// </summary>
    public RoomSnapshot? State => _view.Snapshot;

    /// <summary>How the room is connected at this moment, also while a slow program has yet to be told so.</summary>
    public ConnectionState ConnectionState => Volatile.Read(ref _watch)?.State ?? _stateBetweenWatches;

    /// <summary>The transport of the watch, once it is live.</summary>
    public ConnectionTransport Transport => Volatile.Read(ref _watch)?.Transport ?? ConnectionTransport.WebSockets;

    /// <summary>Those who watch now; null before the hub said so.</summary>
    public RoomPresence? Presence => Volatile.Read(ref _presence);

    /// <summary>False while the hub says that its storage takes no writes: nothing new is shown then, and nothing is lost.</summary>
    public bool IsStorageAvailable => _isStorageAvailable;

    /// <summary>How often a finished run's text was not the one its digest states.</summary>
    public int DigestMismatches => _view.Mismatches;

    internal bool HasCallbacks =>
        Updated is not null || EventReceived is not null || PresenceChanged is not null || WatchingChanged is not null
        || StorageAvailabilityChanged is not null || ConnectionStateChanged is not null;

    internal bool IsEndWanted => _isEndWanted;

    /// <summary>The cursor of the last frame that the watch has read, taken by the program or not.</summary>
    internal string? QueuedCursor => Volatile.Read(ref _watch)?.Cursor;

    /// <summary>Whether a finished run's text is the one its digest states; null while there is nothing to compare.</summary>
    public bool? IsVerified(string runId) => _view.DigestOf(runId);

    /// <summary>
    /// Watches the room until the token is cancelled, the loop is left, <see cref="Close"/> is called, or the room ends for this member; in
    /// that last case it throws the hub's refusal, unless the member left or deleted the room itself. Each watch begins with a snapshot.
    /// Lost connections come back by themselves, and a program that is slow to take updates holds the stream back. One watch at a time: one
    /// that was stopped has given up its place and hands over nothing more, so that the next may begin at once.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The room is watched already; open another <see cref="RoomClient"/> for a second view.
    /// </exception>
    public async IAsyncEnumerable<RoomUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watch = Begin(cancellationToken);
        await using (watch.ConfigureAwait(false))
        {
            while (await watch.NextAsync().ConfigureAwait(false) is { } update)
                yield return update;
        }
    }

    /// <summary>Watches for the sake of the callbacks and of <see cref="State"/>, as <see cref="WatchAsync"/> does.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var update in WatchAsync(cancellationToken).ConfigureAwait(false))
            _ = update;
    }

    /// <summary>Stops watching; the member stays in the room. The watch ends without an error. Does nothing while nobody watches.</summary>
    public void Close() => Volatile.Read(ref _watch)?.Stop();

    /// <summary>
    /// Stops watching as <see cref="Close"/> does, and waits until the connection is closed. Later calls fail with
    /// <see cref="ObjectDisposedException"/>. The member stays in the room. A room that is not disposed of ends with its
    /// <see cref="HubClient"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _endpoint.Close();
        Close();
        await _endpoint.WaitAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Folds a frame, and adds the updates that come of the item. False, and nothing, where the watch has given up its place.
    /// </summary>
    internal bool Fold(FeedItem item, RoomWatch watch, Queue<RoomUpdate> updates)
    {
        IReadOnlyList<DigestUpdate> digests = [];
        lock (_lock)
        {
            if (_watch != watch)
                return false;

            if (item.Frame is { } frame)
                digests = _view.Apply(frame);
        }

        updates.Enqueue(item.Update ?? RoomUpdate.Of(item.Frame!));
        foreach (var digest in digests)
            updates.Enqueue(digest);

        return true;
    }

    /// <summary>Once for each run: where the hub's own snapshot does not match either, asking again would never end.</summary>
    internal bool IsNewMismatch(string runId) => _mistrusted.Add(runId);

    /// <summary>Takes over presence and storage, and calls the callbacks.</summary>
    internal void Announce(RoomUpdate update, bool withCallbacks)
    {
        if (update is PresenceUpdate told)
            Volatile.Write(ref _presence, told.Presence);
        else if (update is StorageUpdate storage)
            _isStorageAvailable = storage.IsAvailable;

        if (withCallbacks)
            CallBack(update);
    }

    private void CallBack(RoomUpdate update)
    {
        Callbacks.Call(Updated, this, update, CallbackFailed);
        switch (update)
        {
            case EventsUpdate { Events: var events }:
                foreach (var roomEvent in events)
                    Callbacks.Call(EventReceived, this, roomEvent, CallbackFailed);
                break;
            case PresenceUpdate presence:
                Callbacks.Call(PresenceChanged, this, presence, CallbackFailed);
                break;
            case WatchingUpdate watching:
                Callbacks.Call(WatchingChanged, this, watching, CallbackFailed);
                break;
            case StorageUpdate storage:
                Callbacks.Call(StorageAvailabilityChanged, this, storage, CallbackFailed);
                break;
            case ConnectionStateUpdate change:
                Callbacks.Call(ConnectionStateChanged, this, change, CallbackFailed);
                break;
        }
    }

    /// <summary>Lets the next watch begin.</summary>
    internal void Release(RoomWatch watch, ConnectionState state)
    {
        lock (_lock)
        {
            if (_watch != watch)
                return;

            _watch = null;
            _stateBetweenWatches = state;
        }
    }

    private RoomWatch Begin(CancellationToken cancellationToken)
    {
        _endpoint.ThrowIfDisposed();
        RoomWatch watch;
        lock (_lock)
        {
            if (_watch is not null)
                throw new InvalidOperationException("This RoomClient is watched already; open another one for a second view.");

            watch = _watch = RoomWatch.Create(this, _endpoint, cancellationToken);
        }

        watch.Start();
        return watch;
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
