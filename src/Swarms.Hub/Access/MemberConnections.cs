namespace Swarms.Hub.Access;

/// <summary>
/// What is open for each member, so that losing access ends it at once. Safe from any thread; each registration is disposed when
/// its connection is over.
/// </summary>
internal sealed class MemberConnections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<CancellationTokenSource>> _open = [];

    /// <summary>A token that is cancelled when the member loses access.</summary>
    public Registration Register(string memberId)
    {
        var source = new CancellationTokenSource();
        lock (_lock)
        {
            if (!_open.TryGetValue(memberId, out var sources))
                _open.Add(memberId, sources = []);

            sources.Add(source);
        }

        return new Registration(this, memberId, source);
    }

    public void End(string memberId)
    {
        HashSet<CancellationTokenSource>? sources;
        lock (_lock)
            _open.Remove(memberId, out sources);

        foreach (var source in sources ?? [])
            source.Cancel();
    }

    private void Release(string memberId, CancellationTokenSource source)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(memberId, out var sources) && sources.Remove(source) && sources.Count == 0)
                _open.Remove(memberId);
        }
    }

    internal sealed class Registration(MemberConnections connections, string memberId, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Ended { get; } = source.Token;

        // The source is left to the collector: End may be cancelling it at this moment.
        public void Dispose() => connections.Release(memberId, source);
    }
}
