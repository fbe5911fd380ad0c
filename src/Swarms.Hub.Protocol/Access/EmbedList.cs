namespace Swarms.Hub.Protocol;

/// <summary>The embeds of a room whose tokens have not expired.</summary>
public sealed record EmbedList
{
    /// <summary>The embeds, newest first; at most 1000.</summary>
    public required IReadOnlyList<Embed> Embeds { get; init; }
}
