namespace Swarms.Hub.Protocol;

/// <summary>The request that creates a room.</summary>
public sealed record CreateRoomRequest
{
    /// <summary>The room's name: 1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The caller's name in the room: 1 to 100 characters; <c>Host</c> if left out.</summary>
    public string? MemberName { get; init; }

    /// <summary>With <c>cookie</c> the hub sets a cookie instead of returning the token.</summary>
    public string? Session { get; init; }

    /// <summary>The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie.</summary>
    public long? ExpiresInSeconds { get; init; }
}
