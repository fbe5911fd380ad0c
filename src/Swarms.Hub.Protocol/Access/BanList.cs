namespace Swarms.Hub.Protocol;

/// <summary>The bans of a room.</summary>
public sealed record BanList
{
    /// <summary>The bans, newest first; at most 1000.</summary>
    public required IReadOnlyList<Ban> Bans { get; init; }
}
