namespace Swarms.Hub.Protocol;

/// <summary>A single-use stand-in for a token.</summary>
public sealed record TicketCreated
{
    /// <summary>For one connection.</summary>
    public required string Ticket { get; init; }

    /// <summary>30.</summary>
    public required int ExpiresInSeconds { get; init; }
}
