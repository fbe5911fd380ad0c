namespace Swarms.Hub.Protocol;

/// <summary>One page of a room's search results.</summary>
public sealed record SearchPage
{
    /// <summary>The results of the page, the best first; those of one rank, the newest first.</summary>
    public required IReadOnlyList<SearchResult> Results { get; init; }

    /// <summary>The <c>before</c> of the next page, whose results are all older; null on the last page.</summary>
    public long? Next { get; init; }

    /// <summary>False while the hub has not yet read all of the room into its index, so that something may be missing.</summary>
    public required bool IsComplete { get; init; }
}
