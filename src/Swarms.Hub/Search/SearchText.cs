using System.Globalization;
using System.Text;

namespace Swarms.Hub.Search;

/// <summary>
/// The one form in which texts and queries are compared. Case, accents, width and composed or decomposed spelling make no difference; the
/// letters of a script do. The rules are in PROTOCOL.md. Safe from any thread.
/// </summary>
internal static class SearchText
{
    /// <summary>The version of the rules; an index of another version is made anew.</summary>
    public const string Version = "1";

    // A text without an end to its marks would be one letter of any length.
    private const int MaxSegment = 64;

    private const string NulSign = "\u2400";

    // The folded form of each UTF-16 unit that stands alone; made when first needed.
    private static readonly string?[] Folds = new string?[char.MaxValue + 1];

    /// <summary>Returns the folded text and the places of its letters in the given one.</summary>
    public static FoldedText Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 16);
        var starts = new List<int>(text.Length + 16);
        for (var start = 0; start < text.Length;)
        {
            var end = FindEnd(text, start);
            var piece = end == start + 1 ? FoldUnit(text[start]) : FoldSegment(text[start..end]);
            folded.Append(piece);
            for (var i = 0; i < piece.Length; i++)
                starts.Add(start);

            start = end;
        }

        return new FoldedText(folded.ToString(), [.. starts], text.Length);
    }

    /// <summary>Returns the first border of a letter at or behind the place.</summary>
    public static int FindBorder(string text, int place)
    {
        if (place <= 0 || place >= text.Length)
            return Math.Clamp(place, 0, text.Length);

        var start = place;
        while (start > 0 && place - start < MaxSegment && Continues(text, start))
            start--;

        while (start < place)
            start = FindEnd(text, start);

        return start;
    }

    /// <summary>True if a letter of a word stands at the place.</summary>
    public static bool IsOfWord(string folded, int place) =>
        place >= 0 && place < folded.Length && (char.IsLetterOrDigit(folded, place) || char.IsLowSurrogate(folded[place]));

    private static int FindEnd(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && end - start < MaxSegment && Continues(text, end))
            end++;

        return end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    // A unit that normalization may join with those before it.
    private static bool Continues(string text, int place)
    {
        var unit = text[place];
        if (unit < '\u0300')
            return unit == '\u00AD';

        if (char.IsLowSurrogate(unit))
            return char.IsHighSurrogate(text[place - 1]);

        if (char.IsHighSurrogate(unit))
        {
            return place + 1 < text.Length && char.IsLowSurrogate(text[place + 1])
                && IsMark(CharUnicodeInfo.GetUnicodeCategory(text, place));
        }

        return unit switch
        {
            // The vowels and the last consonants of Hangul, and the voiced signs of half width.
            >= '\u1160' and <= '\u11FF' or >= '\uD7B0' and <= '\uD7FF' or '\uFF9E' or '\uFF9F' => true,
            >= '\u4E00' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' => false,
            _ => IsMark(char.GetUnicodeCategory(unit)) || IsIgnorable(unit),
        };
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static string FoldUnit(char unit) => unit is >= 'a' and <= 'z' or ' '
        ? Folds[unit] ??= unit.ToString()
        : Folds[unit] ??= FoldSegment(unit.ToString());

    private static string FoldSegment(string segment)
    {
        var folded = new StringBuilder(segment.Length);
        // Half of a surrogate pair and what is no character are replaced, because normalization refuses them.
        foreach (var rune in Join(segment.EnumerateRunes()).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!IsDropped(rune, folded))
                folded.Append(FoldCase(rune));
        }

        // Hangul, kana and the vowel signs of Indic scripts are composed again.
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Join(StringRuneEnumerator runes)
    {
        var text = new StringBuilder();
        foreach (var rune in runes)
            text.Append((rune.Value & 0xFFFE) == 0xFFFE ? "\uFFFD" : rune.ToString());

        return text.ToString();
    }

    private static string FoldCase(Rune rune) => rune.Value switch
    {
        0 => NulSign,
        'ß' or 'ẞ' => "ss",
        'ı' => "i",
        // By way of the capital, the final sigma becomes the other one.
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString(),
    };

    private static bool IsDropped(Rune rune, StringBuilder before) => rune.Value switch
    {
        // й is a letter of its own, unlike ё.
        0x306 => before.Length == 0 || before[^1] is not 'и',
        >= 0x300 and <= 0x36F or >= 0x1AB0 and <= 0x1AFF or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20FF => true,
        >= 0xFE20 and <= 0xFE2F => true,
        // The points of Hebrew, and the vowel signs and the long stroke of Arabic.
        >= 0x591 and <= 0x5BD or 0x5BF or 0x5C1 or 0x5C2 or 0x5C4 or 0x5C5 or 0x5C7 => true,
        >= 0x610 and <= 0x61A or 0x640 or >= 0x64B and <= 0x65F or 0x670 or >= 0x6D6 and <= 0x6DC or >= 0x6DF and <= 0x6E8 => true,
        >= 0x6EA and <= 0x6ED => true,
        >= 0xE0100 and <= 0xE01EF or >= 0xE0000 and <= 0xE007F => true,
        _ => rune.IsBmp && IsIgnorable((char)rune.Value),
    };

    // Signs without a look of their own: joiners, soft hyphens, directions and the selectors of variants.
    private static bool IsIgnorable(char unit) =>
        unit is '\u00AD' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2060' and <= '\u206F'
            or >= '\uFE00' and <= '\uFE0F' or '\uFEFF' or '\u034F' or '\u061C';
}
