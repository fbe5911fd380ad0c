using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// One room, as one member. <see cref="WatchAsync"/> (or <see cref="OpenAsync"/>, for callbacks alone) reads its log for as
/// long as you like: it reconnects by itself and resumes where it was, and what you are handed comes in order, each event
/// once, without a gap. Commands work whether you watch or not; each fails with <see cref="HubClientException"/>.
/// Thread-safe, but for one watch at a time.
/// </summary>
public sealed partial class RoomClient
{
    private readonly RoomEndpoint _endpoint;
    private readonly RoomView _view = new();
    private readonly HashSet<string> _mistrusted = [];
    private RoomFeed? _feed;
    private Member? _member;
    private RoomPresence? _presence;
    private volatile bool _isStorageAvailable = true;
    private volatile bool _hasLeft;
    private volatile ConnectionState _stateBetweenWatches;

    internal RoomClient(RoomEndpoint endpoint, Member? member)
    {
        _endpoint = endpoint;
        _member = member;
    }

    /// <summary>Everything that <see cref="WatchAsync"/> hands over. Like the other callbacks it is called by the watching loop, just before that goes on.</summary>
    public event Action<RoomUpdate>? OnUpdate;

    /// <summary>Each event of the room.</summary>
    public event Action<RoomEvent>? OnEvent;

    /// <summary>Others came or went.</summary>
    public event Action<RoomPresence>? OnPresence;

    /// <summary>The hub's storage stopped (false) or began again (true) to take writes.</summary>
    public event Action<bool>? OnStorage;

    /// <summary>The connection changed; with the reason, where there is one.</summary>
    public event Action<ConnectionState, HubClientException?>? OnConnectionState;

    /// <summary>The room's id.</summary>
    public string Id => _endpoint.RoomId;

    /// <summary>Stands for the member. A secret.</summary>
    public string Token => _endpoint.Token;

    /// <summary>The caller in the room; null in a room that was opened by its id, until <see cref="GetMemberAsync"/>.</summary>
    public Member? Member => Volatile.Read(ref _member);

    /// <summary>
    /// The room as what was handed over adds up to; null before the first snapshot. Each value is immutable and may be read
    /// from any thread; getting a new one copies the texts of the runs that have grown since the last.
    /// </summary>
    public RoomSnapshot? State => _view.Snapshot;

    /// <summary>How the room is connected at this moment, also while a slow program has yet to be told so.</summary>
    public ConnectionState ConnectionState => Volatile.Read(ref _feed)?.State ?? _stateBetweenWatches;

    /// <summary>Who watches now; null before the hub said so.</summary>
    public RoomPresence? Presence => Volatile.Read(ref _presence);

    /// <summary>False while the hub says that its storage takes no writes: nothing new is shown then, and nothing is lost.</summary>
    public bool IsStorageAvailable => _isStorageAvailable;

    /// <summary>How often a finished run's text was not the one its digest states.</summary>
    public int DigestMismatches => _view.Mismatches;

    /// <summary>Whether a finished run's text is the one its digest states; null while there is nothing to compare.</summary>
    public bool? IsVerified(string runId) => _view.DigestOf(runId);

    /// <summary>
    /// Watches the room until the token is cancelled, the loop is left, or the room ends for this member; in that last case
    /// it throws the hub's refusal, unless the member left by <see cref="LeaveAsync"/>. Each watch begins with a snapshot.
    /// Lost connections come back by themselves, and a program that is slow to take updates holds the stream back.
    /// </summary>
    /// <exception cref="InvalidOperationException">The room is watched already; open another <see cref="RoomClient"/> for a second view.</exception>
    public async IAsyncEnumerable<RoomUpdate> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var queue = new UpdateQueue(_endpoint.Options.MaxBufferedEvents);
        var feed = new RoomFeed(_endpoint, queue);
        if (Interlocked.CompareExchange(ref _feed, feed, null) is not null)
            throw new InvalidOperationException("This RoomClient is watched already; open another one for a second view.");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feeding = feed.RunAsync(stop.Token);
        try
        {
            await foreach (var item in queue.ReadAllAsync(cancellationToken))
            {
                foreach (var update in Fold(item, feed))
                {
                    Announce(update);
                    yield return update;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (await feeding is { } refusal && !_hasLeft)
                throw refusal;
        }
        finally
        {
            await stop.CancelAsync();
            _stateBetweenWatches = await feeding is null ? ConnectionState.Offline : ConnectionState.Ended;
            Volatile.Write(ref _feed, null);
        }
    }

    /// <summary>Watches for the sake of the callbacks and of <see cref="State"/>, as <see cref="WatchAsync"/> does.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var update in WatchAsync(cancellationToken))
            _ = update;
    }

    /// <summary>What the program is handed for one item: the update itself and the digests that it made comparable.</summary>
    private IEnumerable<RoomUpdate> Fold(FeedItem item, RoomFeed feed)
    {
        if (item.Frame is not { } frame)
        {
            yield return item.Update!;
            yield break;
        }

        var digests = _view.Apply(frame);
        yield return frame.Kind switch
        {
            FrameKinds.Snapshot => new SnapshotUpdate(frame.Reason ?? SnapshotReasons.First, RoomSnapshot.Of(frame)),
            FrameKinds.Resumed => new ResumedUpdate(),
            _ => new EventsUpdate(frame.Events!),
        };

        foreach (var digest in digests)
        {
            // Once for each run: where the hub's own snapshot does not match either, asking again would never end.
            if (!digest.Matches && _mistrusted.Add(digest.Run.Id))
                feed.AskForSnapshot();

            yield return digest;
        }
    }

    private void Announce(RoomUpdate update)
    {
        OnUpdate?.Invoke(update);
        switch (update)
        {
            case EventsUpdate { Events: var events } when OnEvent is { } onEvent:
                foreach (var roomEvent in events)
                    onEvent(roomEvent);
                break;
            case PresenceUpdate { Presence: var presence }:
                Volatile.Write(ref _presence, presence);
                OnPresence?.Invoke(presence);
                break;
            case StorageUpdate { IsAvailable: var isAvailable }:
                _isStorageAvailable = isAvailable;
                OnStorage?.Invoke(isAvailable);
                break;
            case ConnectionStateUpdate change:
                OnConnectionState?.Invoke(change.ConnectionState, change.Error);
                break;
        }
    }
}
