namespace Swarms.Hub.Protocol;

/// <summary>The request that exchanges the caller's token.</summary>
public sealed record RenewTokenRequest
{
    /// <summary>The new token's lifetime in seconds: 1 second to ten years; without an end if left out.</summary>
    public long? ExpiresInSeconds { get; init; }
}
