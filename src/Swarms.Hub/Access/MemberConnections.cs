using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// The open connections of each member, and the streams on them. They end when a room's log publishes that the member left, when a
/// reloaded room no longer has the member, with the room, and with the token that opened them. Connections of an embed are those of its id,
/// and end with it. Safe from any thread. A caller registers first, then asks whether the member is still in the room, and disposes the
/// registration with the connection.
/// </summary>
internal sealed class MemberConnections : IRoomFollower
{
    // The longest time of the framework's timers. No connection lasts as long.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(49);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _members = [];
    private readonly HashSet<Registration> _embeds = [];
    private readonly IAccessStore _store;
    private readonly CallRates _rates;
    private readonly int _maxPerMember;
    private readonly TimeProvider _time;

    public MemberConnections(
        IRoomDirectory rooms, IAccessStore store, CallRates rates, IOptions<AccessOptions> options, TimeProvider time)
    {
        (_store, _rates, _maxPerMember, _time) = (store, rates, options.Value.MaxConnectionsPerMember, time);
        rooms.Follow(this);
    }

    /// <summary>
    /// Registers a connection of all members of its caller; its token is cancelled when none of them is in its room any more. Refuses with
    /// <c>rate_limited</c> if one of them has as many as a member may have.
    /// </summary>
    public Registration Open(CallerIdentity caller) => Open(MembersOf(caller), caller);

    /// <summary>
    /// Registers a connection of one member, which reads one room, and counts it. Refuses one too many, and those too fast.
    /// </summary>
    public Registration Open(RoomCaller caller)
    {
        if (_rates.TryCountConnection(caller.Identity.Credential) is { } refusal)
            throw refusal;

        return Open([caller.Member.Id], caller.Identity, isOfLane: caller.Lane is not null);
    }

    /// <summary>Registers a stream on a connection that is registered itself.</summary>
    public Registration Watch(string memberId, bool isOfLane = false)
    {
        lock (_lock)
            return Add_NeedsLock(new Registration(this, [memberId]) { IsOfLane = isOfLane });
    }

    /// <summary>
    /// Counts a connection that <see cref="Open(CallerIdentity)"/> would register, before there is one. Returns the refusal of one too
    /// many, or of those too fast; throwing it would cost a flood's victims more.
    /// </summary>
    public HubErrorException? FindRefusal(CallerIdentity caller)
    {
        lock (_lock)
        {
            if (FindRefusal_NeedsLock(MembersOf(caller)) is { } refusal)
                return refusal;
        }

        return _rates.TryCountConnection(caller.Credential);
    }

    /// <summary>Ends the connections of an embed that was revoked.</summary>
    public void EndEmbed(string embedId) => End(embedId, RoomAccess.EmbedRevoked());

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.MemberLeft:
                var left = MemberLeftPayload.Read(roomEvent.Data).Member.Id;
                End(left, RoomAccess.NotInRoom());
                EndEmbeds(embed => embed.By == left, RoomAccess.EmbedRevoked());
                break;
            case EventTypes.MemberChanged when MemberPayload.Read(roomEvent.Data).Member is { } member:
                EndLanes(member.Id, member.Role);
                EndEmbeds(embed => embed.By == member.Id && member.Role != MemberRoles.Host, RoomAccess.EmbedRevoked());
                break;
            case EventTypes.RunRemoved:
                var removed = RunRemovedPayload.Read(roomEvent.Data).Run;
                EndEmbeds(embed => embed.RunId == removed, new HubErrorException(ErrorCodes.NotFound, "The run was removed."));
                break;
            case EventTypes.MemberRekeyed:
                var rekeyed = MemberRekeyedPayload.Read(roomEvent.Data);
                EndRekeyed(rekeyed.Member.Id, rekeyed.Token);
                break;
        }
    }

    void IRoomFollower.Deleted(RoomLog log)
    {
        var reason = new HubErrorException(ErrorCodes.NotFound, "The room was deleted.");
        foreach (var member in MemberIdsOf(log))
            End(member, reason);

        EndEmbeds(embed => embed.RoomId == log.Id, reason);
    }

    async Task IRoomFollower.ReloadedAsync(RoomReload reload, CancellationToken cancellationToken)
    {
        foreach (var member in reload.GoneMembers)
            End(member, RoomAccess.NotInRoom());

        foreach (var member in reload.Log.Query(state => state.Members.ToList()))
            EndLanes(member.Id, member.Role);

        // Another program may have revoked tokens too.
        foreach (var member in MemberIdsOf(reload.Log))
        {
            foreach (var registration in Of(member))
            {
                if (registration.Credential is { } credential && !await IsValidAsync(credential, reload.Log.Id, member, cancellationToken))
                    Leave(registration, member, RoomAccess.NotInRoom());
            }
        }

        foreach (var registration in EmbedsWhere(embed => embed.RoomId == reload.Log.Id))
        {
            if (!await IsValidEmbedAsync(registration.Credential!, cancellationToken))
                End(registration.Embed!.Id, RoomAccess.EmbedRevoked());
        }
    }

    private static List<string> MemberIdsOf(RoomLog log) => log.Query(state => state.Members.Select(member => member.Id).ToList());

    private static string[] MembersOf(CallerIdentity caller) =>
        caller.Embed is { } embed ? [embed.Id] : [.. caller.Tokens.Select(token => token.Membership.MemberId)];

    private Registration Open(IReadOnlyList<string> memberIds, CallerIdentity caller, bool isOfLane = false)
    {
        var lifetime = caller.ExpiresAt - _time.GetUtcNow();
        lock (_lock)
        {
            if (FindRefusal_NeedsLock(memberIds) is { } refusal)
                throw refusal;

            return Add_NeedsLock(new Registration(this, memberIds)
            {
                Credential = caller.Credential,
                Embed = caller.Embed,
                IsConnection = true,
                IsOfLane = isOfLane,
                Source = lifetime < MaxDelay
                    ? new CancellationTokenSource(lifetime.Value > TimeSpan.Zero ? lifetime.Value : TimeSpan.Zero, _time)
                    : new CancellationTokenSource(),
            });
        }
    }

    // Fails closed: who cannot be asked for has no access.
    private async Task<bool> IsValidAsync(byte[] credential, string roomId, string memberId, CancellationToken cancellationToken)
    {
        try
        {
            var tokens = await _store.FindTokensAsync(credential, roomId, cancellationToken);
            return tokens.Any(token => token.Membership.MemberId == memberId);
        }
        catch (HubErrorException)
        {
            return false;
        }
    }

    private async Task<bool> IsValidEmbedAsync(byte[] credential, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.FindEmbedAsync(credential, cancellationToken) is not null;
        }
        catch (HubErrorException)
        {
            return false;
        }
    }

    private HubErrorException? FindRefusal_NeedsLock(IReadOnlyList<string> memberIds) =>
        memberIds.Any(id => _members.TryGetValue(id, out var entry) && entry.Connections >= _maxPerMember)
            ? new HubErrorException(
                ErrorCodes.RateLimited,
                $"You have {_maxPerMember} connections open, and that is as many as one member may have. Close some of them.",
                TimeSpan.FromSeconds(10))
            : null;

    private Registration Add_NeedsLock(Registration registration)
    {
        foreach (var id in registration.Members)
        {
            if (!_members.TryGetValue(id, out var entry))
                _members.Add(id, entry = new Entry());

            entry.Registrations.Add(registration);
            entry.Connections += registration.IsConnection ? 1 : 0;
        }

        if (registration.Embed is not null)
            _embeds.Add(registration);

        return registration;
    }

    private List<Registration> Of(string memberId)
    {
        lock (_lock)
            return _members.TryGetValue(memberId, out var entry) ? [.. entry.Registrations] : [];
    }

    private void End(string memberId, HubErrorException reason)
    {
        foreach (var registration in Of(memberId))
            Leave(registration, memberId, reason);
    }

    // To a member who is no host, there is no lane.
    private void EndLanes(string memberId, string role)
    {
        if (role == MemberRoles.Host)
            return;

        foreach (var registration in Of(memberId).Where(registration => registration.IsOfLane))
            Leave(registration, memberId, RoomAccess.NotFound());
    }

    private void EndRekeyed(string memberId, string token)
    {
        foreach (var registration in Of(memberId))
        {
            if (registration.Credential is { } credential && Secrets.IdOf(credential) == token)
                Leave(registration, memberId, Expired());
        }
    }

    private List<Registration> EmbedsWhere(Func<FoundEmbed, bool> condition)
    {
        lock (_lock)
            return [.. _embeds.Where(registration => condition(registration.Embed!))];
    }

    // The streams on a connection are registered by the embed's id alone.
    private void EndEmbeds(Func<FoundEmbed, bool> condition, HubErrorException reason)
    {
        foreach (var embedId in EmbedsWhere(condition).Select(registration => registration.Embed!.Id).Distinct())
            End(embedId, reason);
    }

    private void Leave(Registration registration, string memberId, HubErrorException reason)
    {
        lock (_lock)
        {
            Remove_NeedsLock(registration, memberId);
            registration.Members.Remove(memberId);
            if (registration.Members.Count > 0)
                return;
        }

        registration.End(reason);
    }

    private static HubErrorException Expired() =>
        new(ErrorCodes.Unauthenticated, "The token has expired or was exchanged for another. Connect again with the new one.");

    private void Release(Registration registration)
    {
        lock (_lock)
        {
            foreach (var id in registration.Members)
                Remove_NeedsLock(registration, id);
        }
    }

    private void Remove_NeedsLock(Registration registration, string memberId)
    {
        _embeds.Remove(registration);
        if (!_members.TryGetValue(memberId, out var entry) || !entry.Registrations.Remove(registration))
            return;

        entry.Connections -= registration.IsConnection ? 1 : 0;
        if (entry.Registrations.Count == 0)
            _members.Remove(memberId);
    }

    private sealed class Entry
    {
        public HashSet<Registration> Registrations { get; } = [];

        public int Connections { get; set; }
    }

    internal sealed class Registration(MemberConnections connections, IReadOnlyList<string> members) : IDisposable
    {
        public CancellationToken Ended => Source.Token;

        /// <summary>The reason to tell the caller once it has ended.</summary>
        public HubErrorException Reason { get; private set; } = Expired();

        /// <summary>The hash of the token or session that opened it; null for a stream.</summary>
        public byte[]? Credential { get; init; }

        /// <summary>The embed whose token opened it; null for members.</summary>
        public FoundEmbed? Embed { get; init; }

        public bool IsConnection { get; init; }

        /// <summary>True if it reads a lane, which only hosts may.</summary>
        public bool IsOfLane { get; init; }

        /// <summary>The members who are still in their rooms. Used under the lock of the connections.</summary>
        public HashSet<string> Members { get; } = [.. members];

        public CancellationTokenSource Source { private get; init; } = new();

        public void End(HubErrorException reason)
        {
            Reason = reason;
            // The callbacks run elsewhere, because the caller may be the writer's loop.
            _ = Source.CancelAsync();
        }

        // The source is not disposed, because End may be cancelling it; only its timer is stopped.
        public void Dispose()
        {
            connections.Release(this);
            Source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
