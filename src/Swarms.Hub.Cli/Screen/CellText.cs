using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Swarms.Hub.Cli;

/// <summary>Fits lines of text into terminal cells. A letter, by which a text element is meant, takes none of them, one, or more.</summary>
internal static class CellText
{
    private const string Tab = "    ";

    /// <summary>
    /// The widest that a terminal may draw a letter. Some draw a family of emoji as one, others as its members. Too wide a guess leaves a
    /// gap; too narrow a one pushes text off the line.
    /// </summary>
    public static int Width(string letter) => letter is [> ' ' and < '\u007f']
        ? 1
        : Math.Max(0, Math.Max(letter.GetCellWidth(), letter.EnumerateRunes().Sum(rune => rune.ToString().GetCellWidth())));

    /// <summary>The cells of a line without tabs, counted as for a letter.</summary>
    public static int WidthOf(string line) => Letters(line).Sum(Width);

    /// <summary>The beginning of a line, with an ellipsis where something is missing.</summary>
    public static string Cut(string line, int width)
    {
        var beginning = new StringBuilder();
        var (used, end) = (0, 0);
        foreach (var letter in Letters(line.Replace("\t", Tab, StringComparison.Ordinal)))
        {
            var cells = Width(letter);
            if (used + cells > width)
                return beginning.ToString(0, end) + "…";

            beginning.Append(letter);
            used += cells;
            if (used < width)
                end = beginning.Length;
        }

        return beginning.ToString();
    }

    /// <summary>
    /// The lines of a paragraph: broken between words, beside wide letters, and within a word that is longer than a line. Only spaces
    /// at a break are left out.
    /// </summary>
    /// <param name="paragraph">Text without line breaks.</param>
    /// <param name="width">The cells of a line; a letter that is wider has a line of its own.</param>
    /// <param name="indent">Put before every line but the first.</param>
    public static List<string> Wrap(string paragraph, int width, string indent = "")
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var (used, isEmpty) = (0, true);
        foreach (var (word, cells, isSpace) in Words(paragraph.Replace("\t", Tab, StringComparison.Ordinal)))
        {
            if (used + cells <= width)
                Append(word, cells);
            else if (isSpace)
                Break();
            else if (cells <= width - indent.Length)
                AppendToNext(word, cells);
            else
                AppendInPieces(word);
        }

        lines.Add(line.ToString());
        return lines;

        void Append(string text, int cells)
        {
            line.Append(text);
            used += cells;
            isEmpty = false;
        }

        void AppendToNext(string text, int cells)
        {
            if (!isEmpty)
                Break();

            Append(text, cells);
        }

        void AppendInPieces(string word)
        {
            foreach (var letter in Letters(word))
            {
                var cells = Width(letter);
                if (used + cells <= width)
                    Append(letter, cells);
                else
                    AppendToNext(letter, cells);
            }
        }

        void Break()
        {
            lines.Add(line.ToString().TrimEnd(' '));
            line.Clear().Append(indent);
            (used, isEmpty) = (indent.Length, true);
        }
    }

    /// <summary>Spaces, words, and each wide letter alone: scripts with wide letters have no spaces between words.</summary>
    private static IEnumerable<(string Text, int Cells, bool IsSpace)> Words(string paragraph)
    {
        var word = new StringBuilder();
        var (used, isSpace) = (0, false);
        foreach (var letter in Letters(paragraph))
        {
            var cells = Width(letter);
            if (word.Length > 0 && (cells > 1 || isSpace != (letter == " ")))
            {
                yield return (word.ToString(), used, isSpace);
                word.Clear();
                used = 0;
            }

            if (cells > 1)
            {
                yield return (letter, cells, false);
                continue;
            }

            word.Append(letter);
            used += cells;
            isSpace = letter == " ";
        }

        if (word.Length > 0)
            yield return (word.ToString(), used, isSpace);
    }

    private static IEnumerable<string> Letters(string text)
    {
        var letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
            yield return letters.GetTextElement();
    }
}
