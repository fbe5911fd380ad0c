using System.Globalization;
using System.Text;

namespace Swarms.Hub.Cli;

/// <summary>Fits text into a rectangle of a terminal, whose letters are one or two cells wide.</summary>
internal static class TextTail
{
    /// <summary>The last lines of a text, wrapped at a width.</summary>
    public static IReadOnlyList<string> Of(string text, int width, int height)
    {
        // What cannot be in the last lines need not be wrapped, however long the text has grown.
        var start = Math.Max(0, text.Length - (width * height * 4));
        var lines = new List<string>();
        foreach (var paragraph in text[start..].Split('\n'))
            Wrap(paragraph.Replace("\t", "    ", StringComparison.Ordinal), width, lines);

        return lines.Count <= height ? lines : lines[^height..];
    }

    /// <summary>The beginning of a line, with an ellipsis where something is missing.</summary>
    public static string Cut(string line, int width)
    {
        var lines = new List<string>();
        Wrap(line, Math.Max(1, width), lines);
        if (lines.Count == 1)
            return line;

        lines.Clear();
        Wrap(line, Math.Max(1, width - 1), lines);
        return lines[0] + "…";
    }

    /// <summary>Breaks at the last space of a line, or within a word that is longer than the line.</summary>
    private static void Wrap(string paragraph, int width, List<string> lines)
    {
        var line = new StringBuilder();
        var (used, wordStart, usedBeforeWord) = (0, 0, 0);
        var letters = StringInfo.GetTextElementEnumerator(paragraph);
        while (letters.MoveNext())
        {
            var letter = letters.GetTextElement();
            var cells = Cells(letter);
            if (used + cells > width && used > 0)
            {
                var end = wordStart > 0 ? wordStart : line.Length;
                lines.Add(line.ToString(0, end).TrimEnd());
                line.Remove(0, end);
                used -= wordStart > 0 ? usedBeforeWord : used;
                (wordStart, usedBeforeWord) = (0, 0);
            }

            line.Append(letter);
            used += cells;
            if (letter == " ")
                (wordStart, usedBeforeWord) = (line.Length, used);
        }

        lines.Add(line.ToString());
    }

    /// <summary>Two for what is not of the narrow scripts: too wide a guess only leaves a gap, too narrow a one breaks the frame.</summary>
    private static int Cells(string letter)
    {
        var rune = Rune.GetRuneAt(letter, 0).Value;
        return rune < 0x1100 || rune is >= 0x2000 and < 0x2E80 ? 1 : 2;
    }
}
