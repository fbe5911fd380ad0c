using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Writes a text of a person or a model, read as Markdown, as HTML. Only the tags below come out, without attributes of the text's own.
/// Addresses of links and images are shown and lead nowhere. Each block has a direction of its own. Pure.
/// </summary>
internal static class TextHtml
{
    // Below the page's own headings.
    private const int HeadingOffset = 3;

    // Keeps the letters of all languages; escapes < > & " ' and control characters.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static void Write(StringBuilder output, string text)
    {
        text = CleanText.Block(text);
        // The language of a text is unknown.
        output.Append("<div class=\"text\" lang=\"\">\n");
        if (ParsedText.TryParse(text) is { } document)
            WriteBlocks(output, document, isTight: false);
        else
            output.Append("<pre dir=\"auto\">\n").Append(Encode(text)).Append("</pre>\n");

        output.Append("</div>\n");
    }

    /// <summary>Returns the text as HTML, with its line ends.</summary>
    public static string Encode(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    private static void WriteBlocks(StringBuilder output, ContainerBlock container, bool isTight)
    {
        foreach (var block in container)
            WriteBlock(output, block, isTight);
    }

    private static void WriteBlock(StringBuilder output, Block block, bool isTight)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var level = Math.Min(heading.Level + HeadingOffset, 6);
                output.Append(CultureInfo.InvariantCulture, $"<h{level} dir=\"auto\">");
                WriteInline(output, heading.Inline);
                output.Append(CultureInfo.InvariantCulture, $"</h{level}>\n");
                break;
            case CodeBlock code:
                // HTML drops the line break after the tag.
                output.Append("<pre dir=\"ltr\"><code>");
                foreach (var line in ParsedText.LinesOf(code))
                    output.Append(Encode(line)).Append('\n');

                output.Append("</code></pre>\n");
                break;
            case ThematicBreakBlock:
                output.Append("<hr>\n");
                break;
            case LinkReferenceDefinition definition:
                // It is shown, so that no text is lost.
                var shown = CleanText.Line($"[{definition.Label}]: {definition.Url} {definition.Title}").TrimEnd();
                output.Append("<p dir=\"auto\">").Append(Encode(shown)).Append("</p>\n");
                break;
            case QuoteBlock quote:
                output.Append("<blockquote>\n");
                WriteBlocks(output, quote, isTight: false);
                output.Append("</blockquote>\n");
                break;
            case ListBlock list:
                WriteList(output, list);
                break;
            case Table table:
                WriteTable(output, table);
                break;
            case LeafBlock { Inline: { } inline }:
                output.Append(isTight ? "<div dir=\"auto\">" : "<p dir=\"auto\">");
                WriteInline(output, inline);
                output.Append(isTight ? "</div>\n" : "</p>\n");
                break;
            case ContainerBlock other:
                WriteBlocks(output, other, isTight: false);
                break;
        }
    }

    private static void WriteList(StringBuilder output, ListBlock list)
    {
        var isNumber = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start);
        var tag = list.IsOrdered ? "ol" : "ul";
        output.Append('<').Append(tag);
        if (list.IsOrdered && isNumber && start != 1)
            output.Append(CultureInfo.InvariantCulture, $" start=\"{start}\"");

        output.Append(" dir=\"auto\">\n");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            output.Append("<li>");
            WriteBlocks(output, item, isTight: !list.IsLoose);
            output.Append("</li>\n");
        }

        output.Append("</").Append(tag).Append(">\n");
    }

    private static void WriteTable(StringBuilder output, Table table)
    {
        output.Append("<table dir=\"auto\">\n");
        foreach (var row in table.OfType<TableRow>())
        {
            var tag = row.IsHeader ? "th" : "td";
            output.Append("<tr>");
            foreach (var cell in row.OfType<TableCell>())
            {
                output.Append('<').Append(tag).Append(" dir=\"auto\">");
                foreach (var leaf in cell.OfType<LeafBlock>())
                    WriteInline(output, leaf.Inline);

                output.Append("</").Append(tag).Append('>');
            }

            output.Append("</tr>\n");
        }

        output.Append("</table>\n");
    }

    private static void WriteInline(StringBuilder output, Inline? inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                output.Append(Encode(literal.Content.ToString()));
                break;
            case CodeInline code:
                output.Append("<code>").Append(Encode(CleanText.Line(code.Content))).Append("</code>");
                break;
            case LineBreakInline:
                // A line's end is kept, as the page keeps it.
                output.Append("<br>\n");
                break;
            case EmphasisInline emphasis:
                var tag = emphasis.DelimiterChar == '~' ? "s" : emphasis.DelimiterCount == 1 ? "em" : "strong";
                output.Append('<').Append(tag).Append('>');
                WriteAll(emphasis);
                output.Append("</").Append(tag).Append('>');
                break;
            case LinkInline link:
                output.Append(link.IsImage ? "Image: " : "");
                WriteAll(link);
                if (ParsedText.AddressOf(link) is { } address)
                    output.Append(" (").Append(Address(address)).Append(')');
                break;
            case AutolinkInline automatic:
                output.Append(Address(automatic.Url));
                break;
            case ContainerInline container:
                if (container is DelimiterInline delimiter)
                    output.Append(Encode(delimiter.ToLiteral()));

                WriteAll(container);
                break;
        }

        void WriteAll(ContainerInline container)
        {
            foreach (var child in container)
                WriteInline(output, child);
        }
    }

    private static string Address(string address) => $"<bdi>{Encode(CleanText.Line(address))}</bdi>";
}
