namespace Swarms.Hub.Protocol;

/// <summary>A new program with its token, which is shown only here.</summary>
public sealed record ProgramCreated
{
    /// <summary>The program as a member of the room.</summary>
    public required Member Member { get; init; }

    /// <summary>The program's token.</summary>
    public required string Token { get; init; }

    /// <summary>The end of the token's lifetime, in UTC with milliseconds; null if it has none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
