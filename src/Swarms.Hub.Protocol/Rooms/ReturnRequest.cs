namespace Swarms.Hub.Protocol;

/// <summary>The request that opens a return link.</summary>
public sealed record ReturnRequest
{
    /// <summary>The link, or the secret after its <c>#</c>.</summary>
    public string? Secret { get; init; }

    /// <summary>With <c>cookie</c> the hub sets a cookie instead of returning the token.</summary>
    public string? Session { get; init; }

    /// <summary>The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie.</summary>
    public long? ExpiresInSeconds { get; init; }
}
