namespace Swarms.Hub.Search;

/// <summary>A search in one room.</summary>
/// <param name="Terms">The words, all of which must occur.</param>
internal sealed record SearchRequest(SearchTerms Terms)
{
    /// <summary>The kind of the results; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>The id of the member who said or started it; null for all.</summary>
    public string? By { get; init; }

    /// <summary>The id or the name of the agent; null for all.</summary>
    public string? Agent { get; init; }

    /// <summary>The state of a run; null for all.</summary>
    public string? State { get; init; }

    /// <summary>The earliest time; null for none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it must be; null for none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The sequence before which it must be; null for none.</summary>
    public long? Before { get; init; }

    /// <summary>The most results.</summary>
    public int Limit { get; init; }

    /// <summary>The states of the runs that have not ended, by their ids: the store has them as they were recorded.</summary>
    public IReadOnlyDictionary<string, string> OpenStates { get; init; } = new Dictionary<string, string>();
}
