namespace Swarms.Hub.Protocol;

/// <summary>The request that joins a room.</summary>
public sealed record JoinRequest
{
    /// <summary>The secret after <c>#</c> in the invite's link; leave it out to give <see cref="Code"/>.</summary>
    public string? Invite { get; init; }

    /// <summary>The invite's short code.</summary>
    public string? Code { get; init; }

    /// <summary>The caller's name in the room: 1 to 100 characters. A caller who is a member already keeps the name it has.</summary>
    public string? Name { get; init; }

    /// <summary>With <c>cookie</c> the hub sets a cookie instead of returning the token.</summary>
    public string? Session { get; init; }

    /// <summary>The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie.</summary>
    public long? ExpiresInSeconds { get; init; }
}
