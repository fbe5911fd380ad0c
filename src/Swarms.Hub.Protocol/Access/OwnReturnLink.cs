namespace Swarms.Hub.Protocol;

/// <summary>Says whether the caller has a return link that still works. Its secret is not known any more.</summary>
public sealed record OwnReturnLink
{
    /// <summary>The end of its lifetime, in UTC with milliseconds; null if there is none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
