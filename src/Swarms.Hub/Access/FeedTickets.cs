using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>
/// Lets a browser's <c>EventSource</c> reconnect with the address that it was given. A ticket that opened a feed opens it again, until
/// some minutes after the feed has ended, for a caller that names the last event. Only a reader of the room knows its cursor, so an address
/// that was logged on the way opens nothing. Kept in memory, as tickets are. Safe from any thread.
/// </summary>
internal sealed class FeedTickets(TicketRegistry tickets, IRoomDirectory rooms, TimeProvider time)
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Feed> _feeds = [];
    private readonly Queue<(string Ticket, long EndedAt)> _ended = [];

    /// <summary>The number of tickets with an open feed.</summary>
    internal int OpenFeeds
    {
        get
        {
            lock (_lock)
                return _feeds.Values.Count(feed => feed.Open > 0);
        }
    }

    /// <summary>The number of tickets that may open a feed again.</summary>
    internal int KnownFeeds
    {
        get
        {
            lock (_lock)
                return _feeds.Count;
        }
    }

    /// <summary>
    /// Returns the hash of the token for which the ticket opens the room's feed, the first time or again; null if it opens none.
    /// </summary>
    public async Task<byte[]?> OpenAsync(string ticket, string? roomId, string? lastEventId, CancellationToken cancellationToken)
    {
        if (tickets.Redeem(ticket) is { } token)
        {
            lock (_lock)
                _feeds[ticket] = new Feed(token, roomId) { Open = 1 };

            return token;
        }

        return Knows(ticket, roomId) && await HasReadAsync(roomId!, lastEventId, cancellationToken) ? Reopen(ticket) : null;
    }

    /// <summary>Says that a feed which the ticket opened has ended.</summary>
    public void End(string ticket)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(ticket, out var feed) || --feed.Open > 0)
                return;

            feed.EndedAt = time.GetTimestamp();
            _ended.Enqueue((ticket, feed.EndedAt));
            DropOld_NeedsLock();
        }
    }

    private bool Knows(string ticket, string? roomId)
    {
        lock (_lock)
        {
            DropOld_NeedsLock();
            return roomId is not null && _feeds.GetValueOrDefault(ticket)?.RoomId == roomId;
        }
    }

    private byte[]? Reopen(string ticket)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(ticket, out var feed))
                return null;

            feed.Open++;
            return feed.Token;
        }
    }

    private async Task<bool> HasReadAsync(string roomId, string? lastEventId, CancellationToken cancellationToken)
    {
        if (!RoomCursor.TryParse(lastEventId, out var cursor))
            return false;

        try
        {
            using var lease = await rooms.OpenAsync(roomId, cancellationToken);
            await lease.Log.RequireHistoryAsync(cursor, cancellationToken);
            return true;
        }
        catch (HubErrorException)
        {
            return false;
        }
    }

    private void DropOld_NeedsLock()
    {
        while (_ended.TryPeek(out var oldest)
            && (_ended.Count > TicketRegistry.MaxTickets || time.GetElapsedTime(oldest.EndedAt) >= Lifetime))
        {
            _ended.Dequeue();
            if (_feeds.TryGetValue(oldest.Ticket, out var feed) && feed.Open == 0 && feed.EndedAt == oldest.EndedAt)
                _feeds.Remove(oldest.Ticket);
        }
    }

    private sealed class Feed(byte[] token, string? roomId)
    {
        public byte[] Token { get; } = token;

        public string? RoomId { get; } = roomId;

        public int Open { get; set; }

        public long EndedAt { get; set; }
    }
}
