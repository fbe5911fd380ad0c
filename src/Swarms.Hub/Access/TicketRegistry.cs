using System.Collections.Concurrent;

namespace Swarms.Hub.Access;

/// <summary>
/// Single-use substitutes for tokens, for browsers, whose WebSockets carry nothing but a URL. Kept in memory: a restart costs a client
/// one more round trip. Safe from any thread.
/// </summary>
internal sealed class TicketRegistry(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    // Each takes 100 bytes. Beyond this many the oldest ticket is dropped.
    internal const int MaxTickets = 100_000;

    private readonly ConcurrentDictionary<string, (byte[] Token, long CreatedAt)> _tickets = [];
    private readonly ConcurrentQueue<string> _order = [];

    /// <summary>Creates a ticket for the token with this hash.</summary>
    public string Create(byte[] token)
    {
        DropExpired();
        var ticket = Secrets.Create(Secrets.TicketPrefix);
        _tickets[ticket] = (token, time.GetTimestamp());
        _order.Enqueue(ticket);
        return ticket;
    }

    /// <summary>Uses the ticket up and returns the hash of its token; null if the ticket is not valid.</summary>
    public byte[]? Redeem(string ticket) =>
        _tickets.TryRemove(ticket, out var found) && IsValid(found.CreatedAt) ? found.Token : null;

    // Timestamps come from a monotonic clock.
    private bool IsValid(long createdAt) => time.GetElapsedTime(createdAt) < Lifetime;

    private void DropExpired()
    {
        while (_order.TryPeek(out var oldest)
            && (_order.Count >= MaxTickets || !_tickets.TryGetValue(oldest, out var found) || !IsValid(found.CreatedAt))
            && _order.TryDequeue(out oldest))
        {
            _tickets.TryRemove(oldest, out _);
        }
    }
}
