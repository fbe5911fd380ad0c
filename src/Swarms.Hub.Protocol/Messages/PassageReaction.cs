namespace Swarms.Hub.Protocol;

/// <summary>One emoji on a passage of a run, and the members who gave it.</summary>
public sealed record PassageReaction
{
    /// <summary>The emoji as it was sent.</summary>
    public required string Emoji { get; init; }

    /// <summary>The passage.</summary>
    public required Passage Passage { get; init; }

    /// <summary>The members' ids, each once, in order of reacting.</summary>
    public required IReadOnlyList<string> By { get; init; }
}
