namespace Swarms.Hub.Protocol;

/// <summary>One emoji on a message and the members who gave it.</summary>
public sealed record MessageReaction
{
    /// <summary>The emoji as it was sent.</summary>
    public required string Emoji { get; init; }

    /// <summary>The members' ids, each once, in order of reacting.</summary>
    public required IReadOnlyList<string> By { get; init; }
}
