namespace Swarms.Hub.Protocol;

/// <summary>A new single-use ticket that replaces a token.</summary>
public sealed record TicketCreated
{
    /// <summary>The ticket, good for one connection.</summary>
    public required string Ticket { get; init; }

    /// <summary>The ticket's lifetime: 30 seconds.</summary>
    public required int ExpiresInSeconds { get; init; }
}
