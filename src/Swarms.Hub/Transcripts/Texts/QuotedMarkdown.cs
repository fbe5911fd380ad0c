using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Writes a text of a person or a model as Markdown that renders and is harmless. The text is read and written anew inside a quote: each
/// of its lines begins with a mark, so that none can pass for the hub's or for another member's. It holds no HTML, image or link. Pure.
/// </summary>
internal static partial class QuotedMarkdown
{
    // Below the hub's own headings.
    private const int HeadingOffset = 3;

    // Some viewers draw these languages, and what they draw may load or link.
    private static readonly HashSet<string> Drawn = ["mermaid", "math", "geojson", "topojson", "stl", "dot", "graphviz", "plantuml"];

    public static void Write(StringBuilder output, string text)
    {
        text = CleanText.Block(text);
        var lines = ParsedText.TryParse(text) is { } document ? Blocks(document, isTight: false) : Fence("", text.Split('\n'));
        var isEmpty = true;
        foreach (var line in lines)
        {
            output.Append(line.Length == 0 ? ">" : "> ").Append(line).Append('\n');
            isEmpty = false;
        }

        if (isEmpty)
            output.Append(">\n");
    }

    /// <summary>Returns the text on one line, with nothing in it that Markdown reads.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var unit in CleanText.Line(text))
        {
            if (unit is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '&' or '@' or '$')
                escaped.Append('\\');

            escaped.Append(unit);
        }

        // Markdown turns addresses into links by itself.
        return escaped.Replace("://", "\\://").Replace("www.", "www\\.").Replace("WWW.", "WWW\\.").ToString();
    }

    private static IEnumerable<string> Blocks(ContainerBlock container, bool isTight)
    {
        var isFirst = true;
        foreach (var block in container)
        {
            var lines = Lines(block);
            foreach (var line in lines)
            {
                if (!isFirst && !isTight)
                    yield return "";

                // Only before the block's first line.
                isFirst = true;
                yield return line;
            }

            isFirst = false;
        }
    }

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        HeadingBlock heading => [$"{new string('#', Math.Min(heading.Level + HeadingOffset, 6))} {OneLine(heading.Inline)}"],
        FencedCodeBlock fenced => Fence(Language(fenced.Info), ParsedText.LinesOf(fenced)),
        CodeBlock code => Fence("", ParsedText.LinesOf(code)),
        ThematicBreakBlock => ["---"],
        QuoteBlock quote => Blocks(quote, isTight: false).Select(line => line.Length == 0 ? ">" : $"> {line}"),
        ListBlock list => Items(list),
        Table table => Rows(table),
        // A definition is shown, so that no text is lost. As Markdown it would act on the whole file.
        LinkReferenceDefinition definition => [Escape($"[{definition.Label}]: {definition.Url} {definition.Title}").TrimEnd()],
        LeafBlock { Inline: { } inline } => Paragraph(inline),
        ContainerBlock other => Blocks(other, isTight: false),
        _ => [],
    };

    private static IEnumerable<string> Items(ListBlock list)
    {
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var isFirst = true;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (!isFirst && list.IsLoose)
                yield return "";

            isFirst = false;
            var mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            var indent = new string(' ', mark.Length);
            var hasMark = false;
            foreach (var line in Blocks(item, isTight: !list.IsLoose))
            {
                yield return line.Length == 0 ? "" : (hasMark ? indent : mark) + line;
                hasMark = true;
            }

            if (!hasMark)
                yield return mark.TrimEnd();
        }
    }

    private static IEnumerable<string> Rows(Table table)
    {
        var columns = table.OfType<TableRow>().Select(row => row.Count).DefaultIfEmpty(0).Max();
        var hasHead = false;
        foreach (var row in table.OfType<TableRow>())
        {
            if (!hasHead && !row.IsHeader)
            {
                yield return Row(Enumerable.Repeat("", columns));
                yield return Row(Enumerable.Repeat("---", columns));
            }

            var cells = row.OfType<TableCell>()
                .Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => OneLine(leaf.Inline))));
            yield return Row(cells.Concat(Enumerable.Repeat("", columns - row.Count)));
            if (!hasHead && row.IsHeader)
                yield return Row(Enumerable.Repeat("---", columns));

            hasHead = true;
        }

        // Code may have a bare mark, at which a cell would end.
        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => BareMark().Replace(cell, "\\|")))} |";
    }

    private static IEnumerable<string> Fence(string language, IEnumerable<string> code)
    {
        var lines = code.ToList();
        var fence = new string('`', Math.Max(3, lines.Select(LongestRun).DefaultIfEmpty(0).Max() + 1));
        return [fence + language, .. lines, fence];
    }

    private static string Language(string? info) =>
        info is { Length: > 0 and <= 20 } && info.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '#' or '-' or '.')
            && !Drawn.Contains(info.ToLowerInvariant())
            ? info
            : "";

    private static IEnumerable<string> Paragraph(ContainerInline inline)
    {
        var text = new StringBuilder();
        Write(text, inline, "\n");
        var lines = text.ToString().Split('\n');
        // A line's end is kept, as the page keeps it.
        return lines.Select((line, i) => AtStart(line.Trim()) + (i < lines.Length - 1 ? "\\" : ""));
    }

    private static string OneLine(ContainerInline? inline)
    {
        var text = new StringBuilder();
        if (inline is not null)
            Write(text, inline, " ");

        return text.ToString().Trim();
    }

    // A line that begins like a list, a break or the line under a heading.
    private static string AtStart(string line)
    {
        if (line.Length == 0)
            return line;

        if (line[0] is '-' or '+' or '=' or ':')
            return "\\" + line;

        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < line.Length && (line[digits] is '.' or ')') ? line.Insert(digits, "\\") : line;
    }

    private static void Write(StringBuilder output, Inline inline, string lineBreak)
    {
        switch (inline)
        {
            case LiteralInline literal:
                output.Append(Escape(literal.Content.ToString()));
                break;
            case CodeInline code:
                WriteCode(output, code.Content);
                break;
            case LineBreakInline:
                output.Append(lineBreak);
                break;
            case EmphasisInline emphasis:
                var mark = new string(emphasis.DelimiterChar == '~' ? '~' : '*', emphasis.DelimiterCount);
                WriteAll(emphasis, mark);
                break;
            case LinkInline link:
                if (link.IsImage)
                    output.Append("Image: ");

                WriteAll(link, "");
                if (ParsedText.AddressOf(link) is { } address)
                    output.Append(" (").Append(Escape(address)).Append(')');
                break;
            case AutolinkInline automatic:
                output.Append(Escape(automatic.Url));
                break;
            case ContainerInline container:
                if (container is DelimiterInline delimiter)
                    output.Append(Escape(delimiter.ToLiteral()));

                WriteAll(container, "");
                break;
        }

        void WriteAll(ContainerInline container, string mark)
        {
            output.Append(mark);
            foreach (var child in container)
                Write(output, child, lineBreak);

            output.Append(mark);
        }
    }

    private static void WriteCode(StringBuilder output, string code)
    {
        code = CleanText.Line(code);
        var fence = new string('`', LongestRun(code) + 1);
        var space = code.StartsWith('`') || code.EndsWith('`') || code.StartsWith(' ') ? " " : "";
        output.Append(fence).Append(space).Append(code).Append(space).Append(fence);
    }

    private static int LongestRun(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var unit in text)
        {
            current = unit == '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex BareMark();
}
