namespace Swarms.Hub.Protocol;

/// <summary>Who gave a message one emoji.</summary>
public sealed record MessageReaction
{
    /// <summary>The emoji as it was sent.</summary>
    public required string Emoji { get; init; }

    /// <summary>Member ids, each once, in order of reacting.</summary>
    public required IReadOnlyList<string> By { get; init; }
}
