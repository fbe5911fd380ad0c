namespace Swarms.Hub.Transcripts;

/// <summary>Makes text safe to show in a terminal or an editor: no character in it acts as a control code.</summary>
internal static class CleanText
{
    /// <summary>Unifies line ends and replaces control characters, also those that change the direction of writing, by U+FFFD.</summary>
    public static string Block(string text) => Map(text.ReplaceLineEndings("\n"), unit => unit is '\n' or '\t');

    /// <summary>Does the same and joins all lines to one.</summary>
    public static string Line(string text) => Map(text.ReplaceLineEndings(" ").Replace('\t', ' '), _ => false);

    private static string Map(string text, Func<char, bool> isAllowed) =>
        text.Any(unit => IsUnsafe(unit) && !isAllowed(unit))
            ? string.Concat(text.Select(unit => IsUnsafe(unit) && !isAllowed(unit) ? '\uFFFD' : unit))
            : text;

    private static bool IsUnsafe(char unit) =>
        char.IsControl(unit) || unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
