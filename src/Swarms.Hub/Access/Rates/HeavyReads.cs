using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// Bounds the searches, transcripts and attendance lists that a member and a room have under way, so that those of others get their turn.
/// Refuses with <c>rate_limited</c>. Safe from any thread.
/// </summary>
internal sealed class HeavyReads
{
    // One that runs, and one that a person asked for before it was done.
    internal const int MaxPerMember = 2;
    internal const int MaxPerRoom = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _underWay = [];

    /// <summary>Begins a search, a transcript or a list, which is over when the result is disposed.</summary>
    public IDisposable Begin(RoomCaller caller)
    {
        lock (_lock)
        {
            Require_NeedsLock(caller.Member.Id, MaxPerMember, "You have");
            Require_NeedsLock(caller.RoomId, MaxPerRoom, "The room has");
            Add_NeedsLock(caller.Member.Id, 1);
            Add_NeedsLock(caller.RoomId, 1);
        }

        return new Read(this, caller);
    }

    private void Require_NeedsLock(string holder, int max, string subject)
    {
        if (_underWay.GetValueOrDefault(holder) >= max)
        {
            throw new HubErrorException(
                ErrorCodes.RateLimited,
                $"{subject} {max} searches, transcripts and lists under way, and that is as many as may be. Try again in 2 s.",
                TimeSpan.FromSeconds(2));
        }
    }

    private void Add_NeedsLock(string holder, int count)
    {
        var after = _underWay.GetValueOrDefault(holder) + count;
        if (after > 0)
            _underWay[holder] = after;
        else
            _underWay.Remove(holder);
    }

    private sealed class Read(HeavyReads owner, RoomCaller caller) : IDisposable
    {
        private HeavyReads? _owner = owner;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _owner, null) is not { } reads)
                return;

            lock (reads._lock)
            {
                reads.Add_NeedsLock(caller.Member.Id, -1);
                reads.Add_NeedsLock(caller.RoomId, -1);
            }
        }
    }
}
