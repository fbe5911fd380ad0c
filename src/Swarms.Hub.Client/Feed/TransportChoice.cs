namespace Swarms.Hub.Client;

/// <summary>
/// Chooses the transport of the next connection. One for each client, because a network passes WebSockets to all rooms of a hub or to
/// none. Safe from any thread.
/// </summary>
internal sealed class TransportChoice(TimeProvider time)
{
    /// <summary>So long after a refusal WebSockets are tried again.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>A network that has passed WebSockets is given so many tries: a hub that is just starting refuses some too.</summary>
    private const int TriesOfAGoodNetwork = 3;

    private readonly Lock _lock = new();
    private bool _hasOpened;
    private int _refusals;
    private long? _refusedAt;

    public ConnectionTransport Next
    {
        get
        {
            lock (_lock)
            {
                return _refusedAt is { } at && time.GetElapsedTime(at) < TryAgainAfter
                    ? ConnectionTransport.LongPolling
                    : ConnectionTransport.WebSockets;
            }
        }
    }

    /// <summary>True once a WebSocket has opened: one that takes too long is the network's fault then.</summary>
    public bool HasOpened
    {
        get
        {
            lock (_lock)
                return _hasOpened;
        }
    }

    /// <summary>A WebSocket has opened.</summary>
    public void Opened()
    {
        lock (_lock)
        {
            _hasOpened = true;
            _refusals = 0;
            _refusedAt = null;
        }
    }

    /// <summary>A WebSocket did not open although calls arrive; true where the next connection does without.</summary>
    public bool Refused()
    {
        lock (_lock)
        {
            _refusals++;
            if (_hasOpened && _refusals < TriesOfAGoodNetwork)
                return false;

            _refusedAt = time.GetTimestamp();
            return true;
        }
    }
}
