using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// What is open for each member, so that losing access ends it at once. Safe from any thread; each registration is disposed when
/// its connection is over.
/// </summary>
internal sealed class MemberConnections
{
    // Twice the largest audience that was measured, if all of it shared one token.
    internal const int MaxPerMember = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<CancellationTokenSource>> _open = [];

    /// <summary>A token that is cancelled when the member loses access. Refuses with <c>rate_limited</c> where too much is open.</summary>
    public Registration Register(string memberId)
    {
        var source = new CancellationTokenSource();
        lock (_lock)
        {
            if (!_open.TryGetValue(memberId, out var sources))
                _open.Add(memberId, sources = []);

            if (sources.Count == MaxPerMember)
                throw new HubErrorException(ErrorCodes.RateLimited, $"You have {MaxPerMember} streams open, and that is as many as one may have. Close some of them.", TimeSpan.FromSeconds(10));

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
