namespace Swarms.Hub.Protocol;

/// <summary>A passage of a run, with its place and the beginning of its text.</summary>
public sealed record RunPassage
{
    /// <summary>The longest text in an answer, in UTF-16 units. A passage may be longer.</summary>
    public const int MaxTextLength = 16_384;

    /// <summary>The reference.</summary>
    public required Passage Passage { get; init; }

    /// <summary>The first UTF-16 unit of it in the run's text.</summary>
    public required int Start { get; init; }

    /// <summary>The end of it in the run's text: the unit behind the last one.</summary>
    public required int End { get; init; }

    /// <summary>The text, cut at <see cref="MaxTextLength"/>.</summary>
    public required string Text { get; init; }
}
