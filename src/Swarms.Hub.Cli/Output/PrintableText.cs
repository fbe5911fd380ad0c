using System.Text;

namespace Swarms.Hub.Cli;

/// <summary>
/// Text without control characters: what an upstream, or another member, sends must not move the cursor, rename the window or paste
/// into the shell.
/// </summary>
internal static class PrintableText
{
    /// <summary>Line breaks and tabs stay.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u009f') || !text.Any(IsUnwanted))
            return text;

        var printable = new StringBuilder(text.Length);
        foreach (var letter in text.Where(letter => !IsUnwanted(letter)))
            printable.Append(letter);

        return printable.ToString();
    }

    /// <summary>On one line: line breaks and tabs become spaces.</summary>
    public static string OfLine(string text) => Of(text.ReplaceLineEndings(" ")).Replace('\t', ' ');

    /// <summary>With all lines indented but the first, so that nobody's words look like another's, or like the console's own.</summary>
    public static string Indented(string text) => Of(text.ReplaceLineEndings("\n")).Replace("\n", "\n  ", StringComparison.Ordinal);

    private static bool IsUnwanted(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t');
}
