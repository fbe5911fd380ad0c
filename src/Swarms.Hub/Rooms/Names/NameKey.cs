using System.Text;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The forms by which names are compared. Two names look alike if their <see cref="Folded"/> or their <see cref="Look"/> are the same. Two
/// are needed: the capitals of other scripts resemble Latin letters where their small ones do not, and folding turns I, which resembles l,
/// into i. Safe from any thread.
/// </summary>
/// <param name="Folded">The skeleton of the name without its case.</param>
/// <param name="Look">The skeleton of the name as it is written, then without its case.</param>
internal sealed record NameKey(string Folded, string Look)
{
    // Folding a skeleton may make another letter that has a skeleton of its own. No chain of the data is longer.
    private const int MaxRounds = 4;

    private const int DotAbove = 0x307;

    /// <summary>The version of the rules; a store that has keys of another version makes them anew.</summary>
    public static string Version { get; } = $"{UnicodeNames.Instance.Version}/1";

    /// <summary>Returns the key of a name that <see cref="NameText"/> made.</summary>
    public static NameKey Of(string name)
    {
        var clean = DropIgnorable(Normalize(name));
        return new NameKey(Settle(Skeleton(Fold(clean))), Settle(Skeleton(clean)));
    }

    private static string Settle(string text)
    {
        var settled = Fold(text);
        for (var round = 1; round < MaxRounds; round++)
        {
            var next = Fold(Skeleton(settled));
            if (next == settled)
                break;

            settled = next;
        }

        return settled;
    }

    // The skeleton of UTS 39.
    private static string Skeleton(string text) =>
        Map(text.Normalize(NormalizationForm.FormD), UnicodeNames.Instance.Looks).Normalize(NormalizationForm.FormD);

    // Unicode's NFKC_Casefold, with one space between words and no dot on what has one anyway.
    private static string Fold(string text)
    {
        var folded = Normalize(Map(Normalize(text), UnicodeNames.Instance.Folds));
        return DropDots(DropIgnorable(Normalize(Map(folded, UnicodeNames.Instance.Folds))));
    }

    private static string Normalize(string text) => text.Normalize(NormalizationForm.FormKC);

    private static string DropIgnorable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!UnicodeNames.Instance.IsIgnorable(rune))
                kept.Append(rune.ToString());
        }

        return string.Join(' ', kept.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // An i with a dot above it looks like an i. Turkish İ becomes one.
    private static string DropDots(string text)
    {
        var kept = new StringBuilder(text.Length);
        var isSoftDotted = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!isSoftDotted || rune.Value != DotAbove)
                kept.Append(rune.ToString());

            isSoftDotted = rune.Value is 'i' or 'j';
        }

        return kept.ToString();
    }

    private static string Map(string text, IReadOnlyDictionary<Rune, string> map)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mapped.Append(map.GetValueOrDefault(rune) ?? rune.ToString());

        return mapped.ToString();
    }
}
