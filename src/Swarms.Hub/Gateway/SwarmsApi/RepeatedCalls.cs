namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// The runs that door calls started in the last minutes, so that a call that a client library repeats by itself joins its run instead of
/// paying for another. Safe from any thread. A call that is lost with the process starts a new run, as its first one was interrupted.
/// </summary>
internal sealed class RepeatedCalls(TimeProvider time)
{
    // Libraries wait up to ten minutes for an answer before they repeat the call.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Each takes 200 bytes.
    private const int MaxCalls = 10_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Call> _calls = [];

    /// <summary>Remembers the run of a call until its caller repeats it. Disposed when the caller has its answer or is gone.</summary>
    public Call Add(string memberId, byte[] requestHash, string runId)
    {
        var call = new Call(this, memberId, Convert.ToHexString(requestHash), runId, time.GetTimestamp());
        lock (_lock)
        {
            while (_calls.First is { } oldest && (_calls.Count >= MaxCalls || time.GetElapsedTime(oldest.Value.At) > Lifetime))
                _calls.RemoveFirst();

            _calls.AddLast(call);
        }

        return call;
    }

    /// <summary>
    /// Returns the run of the same call that lost its caller last, and attends it; the newest one if all have a caller. Null if there is
    /// none.
    /// </summary>
    public Call? Find(string memberId, byte[] requestHash)
    {
        var hash = Convert.ToHexString(requestHash);
        lock (_lock)
        {
            var same = _calls
                .Where(call => call.MemberId == memberId && call.Hash == hash && time.GetElapsedTime(call.At) <= Lifetime)
                .ToList();
            var found = same.FindLast(call => !call.IsAttended) ?? same.LastOrDefault();
            if (found is not null)
                found.IsAttended = true;

            return found;
        }
    }

    internal sealed class Call(RepeatedCalls owner, string memberId, string hash, string runId, long at) : IDisposable
    {
        public string MemberId { get; } = memberId;

        public string Hash { get; } = hash;

        public string RunId { get; } = runId;

        public long At { get; } = at;

        public bool IsAttended { get; set; } = true;

        /// <summary>Forgets the call, because nothing was begun: repeating it starts a new run.</summary>
        public void Forget()
        {
            lock (owner._lock)
                owner._calls.Remove(this);
        }

        public void Dispose()
        {
            lock (owner._lock)
                IsAttended = false;
        }
    }
}
