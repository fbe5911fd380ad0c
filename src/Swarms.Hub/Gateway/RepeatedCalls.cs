namespace Swarms.Hub.Gateway;

/// <summary>
/// The runs that door calls started in the last minutes, so that a call that a client library repeats by itself joins its run instead of
/// paying for another. Safe from any thread. A call that is lost with the process starts a new run, as its first one was interrupted.
/// </summary>
internal sealed class RepeatedCalls(TimeProvider time)
{
    // Libraries wait up to ten minutes for an answer before they repeat the call.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // Libraries that do not count their attempts repeat a failed call after pauses that grow to half a minute or more.
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    // Each takes 200 bytes.
    private const int MaxCalls = 10_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Call> _calls = [];

    private long Now => time.GetTimestamp();

    /// <summary>Remembers the run of a call until its caller repeats it. Disposed when the caller has its answer or is gone.</summary>
    /// <param name="memberId">The caller.</param>
    /// <param name="requestHash">The hash of the request.</param>
    /// <param name="runId">The run.</param>
    /// <param name="from">A sequence before the run's first event; null where nobody needs it.</param>
    public Call Add(string memberId, byte[] requestHash, string runId, long? from = null)
    {
        var call = new Call(this, memberId, Convert.ToHexString(requestHash), runId, time.GetTimestamp()) { From = from };
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

    /// <summary>
    /// Returns the same call if it failed in the last minute, after the upstream may have begun to work for it; null without one. The
    /// minute begins anew.
    /// </summary>
    public Call? FindFailed(string memberId, byte[] requestHash)
    {
        var hash = Convert.ToHexString(requestHash);
        lock (_lock)
        {
            var found = _calls.LastOrDefault(call => call.MemberId == memberId && call.Hash == hash && call.FailedAt is { } at
                && time.GetElapsedTime(at) <= FailureLifetime);
            if (found is not null)
                found.FailedAt = time.GetTimestamp();

            return found;
        }
    }

    /// <summary>Returns a sequence before the run's first event; null if it is not known any more.</summary>
    public long? FindStart(string runId)
    {
        lock (_lock)
            return _calls.LastOrDefault(call => call.RunId == runId)?.From;
    }

    internal sealed class Call(RepeatedCalls owner, string memberId, string hash, string runId, long at) : IDisposable
    {
        public string MemberId { get; } = memberId;

        public string Hash { get; } = hash;

        public string RunId { get; } = runId;

        public long At { get; } = at;

        /// <summary>A sequence before the run's first event; null where nobody needs it.</summary>
        public long? From { get; init; }

        public bool IsAttended { get; set; } = true;

        /// <summary>The time of the failure that the caller was told; null without one.</summary>
        public long? FailedAt { get; set; }

        /// <summary>Forgets the call, because nothing was begun: repeating it starts a new run.</summary>
        public void Forget()
        {
            lock (owner._lock)
                owner._calls.Remove(this);
        }

        /// <summary>Notes that the caller was told of a failure, and that repeating the call may be paid for twice.</summary>
        public void Fail()
        {
            lock (owner._lock)
                FailedAt = owner.Now;
        }

        public void Dispose()
        {
            lock (owner._lock)
                IsAttended = false;
        }
    }
}
