using System.Globalization;
using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Makes text safe to show in a terminal, an editor or a page: no character in it acts as a control code, and none covers its neighbours.
/// </summary>
internal static class CleanText
{
    // No script stacks as many. Hundreds on one letter cover the lines above and below it.
    private const int MaxMarks = 16;

    /// <summary>
    /// Unifies line ends, replaces control characters, also those that change the direction of writing, by U+FFFD, and drops marks beyond
    /// the limit on one letter.
    /// </summary>
    public static string Block(string text) => Map(text.ReplaceLineEndings("\n"), isBlock: true);

    /// <summary>Does the same and joins all lines to one.</summary>
    public static string Line(string text) => Map(text.ReplaceLineEndings(" ").Replace('\t', ' '), isBlock: false);

    /// <summary>Escapes characters that change the direction of writing as JSON does.</summary>
    public static string EscapeDirections(string json)
    {
        if (!json.AsSpan().ContainsAnyInRange('\u202A', '\u2069'))
            return json;

        var escaped = new StringBuilder(json.Length);
        foreach (var unit in json)
        {
            if (IsDirection(unit))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else
                escaped.Append(unit);
        }

        return escaped.ToString();
    }

    private static string Map(string text, bool isBlock)
    {
        var clean = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        var marks = 0;
        // Half a surrogate pair is enumerated as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MaxMarks)
                continue;

            var isKept = !IsUnsafe(rune) || (isBlock && rune.Value is '\n' or '\t');
            clean.Append(units[..(isKept ? rune : Rune.ReplacementChar).EncodeToUtf16(units)]);
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.IsControl(rune) || IsDirection(rune.Value);

    private static bool IsDirection(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
