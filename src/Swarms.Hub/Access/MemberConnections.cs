using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// The open connections of each member. They end when a room's log publishes that the member left, or the room was loaded anew
/// without it. Safe from any thread; each registration is disposed when its connection is over.
/// </summary>
internal sealed class MemberConnections : IRoomFollower
{
    // Twice the largest audience that was measured, if all of it shared one token.
    internal const int MaxPerMember = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<CancellationTokenSource>> _open = [];

    public MemberConnections(IRoomDirectory rooms) => rooms.Follow(this);

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

    private void End(string memberId)
    {
        HashSet<CancellationTokenSource>? sources;
        lock (_lock)
            _open.Remove(memberId, out sources);

        foreach (var source in sources ?? [])
            // What waits for it goes on elsewhere: this is the writer's loop.
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

        // The source is left to the collector: End may be cancelling it at this moment.
        public void Dispose() => connections.Release(memberId, source);
    }
}
