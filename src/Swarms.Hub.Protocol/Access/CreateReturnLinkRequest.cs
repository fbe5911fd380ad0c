namespace Swarms.Hub.Protocol;

/// <summary>The request that creates a return link.</summary>
public sealed record CreateReturnLinkRequest
{
    /// <summary>The lifetime: 1 second to 365 days; 30 days if left out.</summary>
    public long? ExpiresInSeconds { get; init; }
}
