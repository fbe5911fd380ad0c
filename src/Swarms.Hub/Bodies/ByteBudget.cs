namespace Swarms.Hub.Bodies;

/// <summary>
/// Bounds the bytes of requests that the hub reads and holds. A holder, which is a room or a caller's network, has a quarter at most, so
/// none takes all. Requests that wait have three quarters together, so others' waiting bytes never keep out one that can be sent at once.
/// A request that is larger than a bound is taken alone. Safe from any thread.
/// </summary>
internal sealed class ByteBudget(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _holders = [];
    private long _held;
    private long _waiting;

    /// <summary>The bytes that one holder may have.</summary>
    public long Share => capacity / 4;

    /// <summary>Reserves bytes until the result is disposed; null if they do not fit.</summary>
    public Reservation? TryReserve(string holder, long bytes)
    {
        var reservation = new Reservation(this, holder);
        return reservation.TryAdd(bytes) ? reservation : null;
    }

    /// <summary>Bytes that are reserved. They are free again once every user has disposed it.</summary>
    internal sealed class Reservation(ByteBudget budget, string holder) : IDisposable
    {
        private long _bytes;
        private int _users = 1;
        private bool _isWaiting;

        /// <summary>Reserves more bytes; false if they do not fit.</summary>
        public bool TryAdd(long bytes)
        {
            lock (budget._lock)
            {
                var ofHolder = budget._holders.GetValueOrDefault(holder);
                if ((ofHolder > _bytes && ofHolder + bytes > budget.Share)
                    || (budget._held > _bytes && budget._held + bytes > budget.Capacity))
                {
                    return false;
                }

                Add_NeedsLock(bytes);
                return true;
            }
        }

        /// <summary>Counts the bytes as waiting; false if too many wait already.</summary>
        public bool TryWait()
        {
            lock (budget._lock)
            {
                if (budget._waiting > 0 && budget._waiting + _bytes > budget.Capacity - budget.Share)
                    return false;

                _isWaiting = true;
                budget._waiting += _bytes;
                return true;
            }
        }

        /// <summary>Adds a user, who disposes it too.</summary>
        public Reservation Keep()
        {
            lock (budget._lock)
                _users++;

            return this;
        }

        public void Dispose()
        {
            lock (budget._lock)
            {
                if (_users == 0 || --_users > 0)
                    return;

                if (_isWaiting)
                    budget._waiting -= _bytes;

                Add_NeedsLock(-_bytes);
            }
        }

        private void Add_NeedsLock(long bytes)
        {
            _bytes += bytes;
            budget._held += bytes;
            var ofHolder = budget._holders.GetValueOrDefault(holder) + bytes;
            if (ofHolder > 0)
                budget._holders[holder] = ofHolder;
            else
                budget._holders.Remove(holder);
        }
    }

    private long Capacity => capacity;
}
