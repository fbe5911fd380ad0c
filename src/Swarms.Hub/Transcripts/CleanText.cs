
namespace Swarms.Hub.Transcripts;

/// <summary>Text that a terminal or an editor shows and does not obey.</summary>
internal static class CleanText
{
    /// <summary>Line ends made one kind; control characters, and those that turn the direction of writing, made visible.</summary>
    public static string Block(string text) => Map(text.ReplaceLineEndings("\n"), unit => unit is '\n' or '\t');

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Map(text.ReplaceLineEndings(" ").Replace('\t', ' '), _ => false);

    private static string Map(string text, Func<char, bool> isAllowed) =>
        text.Any(unit => IsUnsafe(unit) && !isAllowed(unit))
            ? string.Concat(text.Select(unit => IsUnsafe(unit) && !isAllowed(unit) ? '\uFFFD' : unit))
            : text;

    private static bool IsUnsafe(char unit) =>
        char.IsControl(unit) || unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
