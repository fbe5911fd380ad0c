namespace Swarms.Hub.Protocol;

/// <summary>What admits the caller to a room.</summary>
public sealed record JoinRequest
{
    /// <summary>The secret behind <c>#</c> in the invite's url; or else <see cref="Code"/>.</summary>
    public string? Invite { get; init; }

    /// <summary>The invite's short code.</summary>
    public string? Code { get; init; }

    /// <summary>The caller's name in the room: 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary><c>cookie</c>: set a cookie instead of returning the token.</summary>
    public string? Session { get; init; }
}
