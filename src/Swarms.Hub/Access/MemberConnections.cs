using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// The open connections of each member. They end when a room's log publishes that the member left, or when a reloaded room no longer
/// has the member. Safe from any thread. Each registration is disposed with its connection.
/// </summary>
internal sealed class MemberConnections : IRoomFollower
{
    // Twice the largest measured audience, if all of it shared one token.
    internal const int MaxPerMember = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<CancellationTokenSource>> _open = [];

    public MemberConnections(IRoomDirectory rooms) => rooms.Follow(this);

    /// <summary>
    /// Registers a connection; its token is cancelled when the member loses access. Refuses with <c>rate_limited</c> beyond the limit.
    /// </summary>
    public Registration Register(string memberId)
    {
        var source = new CancellationTokenSource();
        lock (_lock)
        {
            if (!_open.TryGetValue(memberId, out var sources))
                _open.Add(memberId, sources = []);

            if (sources.Count == MaxPerMember)
                throw TooMany();

            sources.Add(source);
        }

        return new Registration(this, memberId, source);
    }

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.MemberLeft)
            End(MemberLeftPayload.Read(roomEvent.Data).Member.Id);
    }

    Task IRoomFollower.ReloadedAsync(RoomReload reload, CancellationToken cancellationToken)
    {
        foreach (var member in reload.GoneMembers)
            End(member);

        return Task.CompletedTask;
    }

    private static HubErrorException TooMany() => new(
        ErrorCodes.RateLimited,
        $"You have {MaxPerMember} streams open, and that is as many as one may have. Close some of them.",
        TimeSpan.FromSeconds(10));

    private void End(string memberId)
    {
        HashSet<CancellationTokenSource>? sources;
        lock (_lock)
            _open.Remove(memberId, out sources);

        foreach (var source in sources ?? [])
            // The callbacks run elsewhere, because this is the writer's loop.
            _ = source.CancelAsync();
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

        // The source is not disposed: End may be cancelling it at this moment.
        public void Dispose() => connections.Release(memberId, source);
    }
}
