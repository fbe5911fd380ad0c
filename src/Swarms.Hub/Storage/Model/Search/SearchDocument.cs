using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A run, message, agent or member as it can be found now.</summary>
/// <param name="Kind">One of <see cref="SearchKinds"/>.</param>
/// <param name="Item">Its id; of a message, its sequence.</param>
/// <param name="Sequence">The sequence of its first event.</param>
/// <param name="At">The time of that event.</param>
internal sealed record SearchDocument(string Kind, string Item, long Sequence, DateTimeOffset At)
{
    private const int MaxTitle = 200;

    /// <summary>The texts that are searched.</summary>
    public required IReadOnlyList<SearchedField> Fields { get; init; }

    public required string Title { get; init; }

    public string? By { get; init; }

    public RunAgent? Agent { get; init; }

    /// <summary>The state of a run that has ended; null for others.</summary>
    public string? State { get; init; }

    /// <summary>True of a run that has not ended.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Returns the beginning of a text.</summary>
    public static string TitleOf(string text) =>
        text.Length <= MaxTitle ? text : text[..(char.IsHighSurrogate(text[MaxTitle - 1]) ? MaxTitle - 1 : MaxTitle)];
}
