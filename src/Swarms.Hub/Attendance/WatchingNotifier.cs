using System.Collections.Concurrent;
using Swarms.Hub.Errors;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Attendance;

/// <summary>
/// Tells the hosts of each room how its members follow it, every two seconds what has changed. The log says at that moment who is a host.
/// One loop for all rooms; a host that does not read delays its own room only.
/// </summary>
internal sealed partial class WatchingNotifier : BackgroundService, IPresenceFollower, IRoomFollower
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string RoomId, string MemberId), DateTimeOffset> _left = [];
    private readonly Dictionary<string, ToldRoom> _told = [];
    private readonly IRoomDirectory _rooms;
    private readonly PresenceRegistry _presence;
    private readonly IRoomNotices _notices;
    private readonly TimeProvider _time;
    private readonly ILogger<WatchingNotifier> _logger;

    public WatchingNotifier(
        IRoomDirectory rooms, PresenceRegistry presence, IRoomNotices notices, TimeProvider time, ILogger<WatchingNotifier> logger)
    {
        (_rooms, _presence, _notices, _time, _logger) = (rooms, presence, notices, time, logger);
        presence.Follow(this);
        rooms.Follow(this);
    }

    /// <summary>Returns the state of a member who has yet to be given so many events.</summary>
    public static MemberWatching Watching(string memberId, long eventsBehind) => eventsBehind == 0
        ? new MemberWatching { Id = memberId, State = WatchingStates.Live }
        : new MemberWatching { Id = memberId, State = WatchingStates.Behind, Behind = eventsBehind };

    public static MemberWatching Gone(string memberId, DateTimeOffset? since) =>
        new() { Id = memberId, State = WatchingStates.Gone, Since = since };

    void IPresenceFollower.Came(string roomId, string memberId, DateTimeOffset at) => _left.TryRemove((roomId, memberId), out _);

    void IPresenceFollower.Left(string roomId, string memberId, DateTimeOffset at) => _left[(roomId, memberId)] = at;

    // A member whose membership ended is no viewer, and its connections follow.
    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        if (roomEvent.Type == EventTypes.MemberLeft)
            _presence.Forget(log.Id, MemberLeftPayload.Read(roomEvent.Data).Member.Id);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, _time, stoppingToken);
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    /// <summary>Tells the hosts of all rooms what has changed. Called by one loop.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken)
    {
        var left = _left.ToArray();
        var leftOf = left.ToLookup(entry => entry.Key.RoomId, entry => (entry.Key.MemberId, At: entry.Value));
        var watched = _presence.Rooms.ToHashSet();
        foreach (var roomId in watched)
            await TellAsync(roomId, [.. leftOf[roomId]], cancellationToken);

        foreach (var roomId in _told.Keys.Where(roomId => !watched.Contains(roomId)).ToList())
            _told.Remove(roomId);

        foreach (var entry in left)
            _left.TryRemove(entry);
    }

    private async Task TellAsync(
        string roomId, IReadOnlyList<(string MemberId, DateTimeOffset At)> left, CancellationToken cancellationToken)
    {
        var progress = _presence.ReadProgress(roomId);
        if (await FindHostsAsync(roomId, progress, cancellationToken) is not { Hosts.Count: > 0 } room)
        {
            _told.Remove(roomId);
            return;
        }

        if (!_told.TryGetValue(roomId, out var told))
            _told.Add(roomId, told = new ToldRoom());

        foreach (var (memberId, at) in left)
            told.LeftAt[memberId] = at;

        // A host that has not taken the last notice gets all that changed since with the next one.
        if (!told.Sent.IsCompleted)
            return;

        var changes = told.Change(progress, room.Members);
        if (changes.Count > 0)
            told.Sent = SendAsync(roomId, room.Hosts, new RoomWatching { Members = changes });
    }

    private async Task<(IReadOnlyList<string> Hosts, IReadOnlySet<string> Members)?> FindHostsAsync(
        string roomId, IReadOnlyList<(string MemberId, long EventsBehind)> progress, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await _rooms.TryOpenAsync(roomId, cancellationToken);
            var present = progress.Select(member => member.MemberId).ToHashSet();
            bool IsPresentHost(Member member) => member.Role == MemberRoles.Host && present.Contains(member.Id);
            return lease?.Log.Query<(IReadOnlyList<string>, IReadOnlySet<string>)>(state => (
                [.. state.Members.Where(IsPresentHost).Select(member => member.Id)],
                state.Members.Select(member => member.Id).ToHashSet()));
        }
        catch (HubErrorException)
        {
            // The room cannot be read now; its hosts are told later.
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotRead(_logger, e);
            return null;
        }
    }

    private async Task SendAsync(string roomId, IReadOnlyList<string> hosts, RoomWatching changes)
    {
        try
        {
            await _notices.SendWatchingAsync(roomId, hosts, changes);
        }
        catch (Exception e)
        {
            Log.NotSent(_logger, e);
        }
    }

    private sealed class ToldRoom
    {
        private readonly Dictionary<string, MemberWatching> _members = [];

        public Dictionary<string, DateTimeOffset> LeftAt { get; } = [];

        public Task Sent { get; set; } = Task.CompletedTask;

        public List<MemberWatching> Change(IReadOnlyList<(string MemberId, long EventsBehind)> progress, IReadOnlySet<string> members)
        {
            var changes = new List<MemberWatching>();
            foreach (var (memberId, eventsBehind) in progress)
            {
                LeftAt.Remove(memberId);
                var now = Watching(memberId, eventsBehind);
                if (_members.TryGetValue(memberId, out var before) && before == now)
                    continue;

                _members[memberId] = now;
                changes.Add(now);
            }

            foreach (var (memberId, at) in LeftAt)
            {
                _members.Remove(memberId);
                if (members.Contains(memberId))
                    changes.Add(Gone(memberId, at));
            }

            LeftAt.Clear();
            return changes;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A room's hosts could not be told how its members follow it.")]
        public static partial void NotSent(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A room could not be read to tell its hosts how its members follow it.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
