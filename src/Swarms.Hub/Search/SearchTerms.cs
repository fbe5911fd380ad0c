using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Search;

/// <summary>
/// The words of a query, folded. Each must occur in one passage, as a part of a word or whole. No sign has a meaning of its own.
/// </summary>
/// <param name="All">The words, without doubles; at least one.</param>
internal sealed record SearchTerms(IReadOnlyList<string> All)
{
    /// <summary>The longest query, in UTF-16 units.</summary>
    public const int MaxLength = 200;

    /// <summary>The least letters that the index finds; shorter words are looked for in each passage.</summary>
    public const int IndexedLength = 3;

    // Each is a pass over the index.
    private const int MaxTerms = 10;

    /// <summary>The words that the index finds.</summary>
    public IEnumerable<string> Indexed => All.Where(IsIndexed);

    /// <summary>The words that are too short for it.</summary>
    public IEnumerable<string> Short => All.Where(term => !IsIndexed(term));

    /// <summary>Reads a query. Refuses one that is empty, too long, or has nothing to find.</summary>
    public static SearchTerms Read(string? query)
    {
        var trimmed = query.AsSpan().Trim();
        if (trimmed.Length is < 1 or > MaxLength)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid, $"q must be the text to find: 1 to {MaxLength} characters, and these are {trimmed.Length}.");
        }

        var terms = SearchText.Fold(trimmed.ToString()).Text
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return terms.Count switch
        {
            0 => throw new HubErrorException(ErrorCodes.Invalid, "q has nothing but signs that cannot be seen. Write a letter or more."),
            > MaxTerms => throw new HubErrorException(ErrorCodes.Invalid, $"q has {terms.Count} words; give at most {MaxTerms}."),
            _ => new SearchTerms(terms),
        };
    }

    private static bool IsIndexed(string term)
    {
        var letters = 0;
        foreach (var _ in term.EnumerateRunes())
            letters++;

        return letters >= IndexedLength;
    }
}
