using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Reads a text of a person or a model as Markdown, as the page does: tables and strikethrough, and no HTML. The text is hostile, so its
/// length and depth are bounded; a text beyond them is not read and shown literally. Safe from any thread.
/// </summary>
internal static class ParsedText
{
    /// <summary>The longest text that is read, in UTF-16 units. A longer one is no answer to read but data.</summary>
    public const int MaxLength = 100_000;

    // Writers go down by recursion. No text of a person has as many quotes or lists in each other.
    private const int MaxDepth = 40;

    private static readonly MarkdownPipeline Pipeline = Create();

    /// <summary>Returns the cleaned text as a document; null if it is too long, or nested too deeply.</summary>
    public static MarkdownDocument? TryParse(string cleanText)
    {
        if (cleanText.Length > MaxLength)
            return null;

        try
        {
            var document = Markdown.Parse(cleanText, Pipeline);
            return IsDeep(document) ? null : document;
        }
        catch (ArgumentException)
        {
            // The parser has a bound on nesting of its own.
            return null;
        }
    }

    /// <summary>Returns the code of a block, line by line.</summary>
    public static IEnumerable<string> LinesOf(LeafBlock code)
    {
        for (var i = 0; i < code.Lines.Count; i++)
            yield return code.Lines.Lines[i].Slice.ToString();
    }

    /// <summary>Returns the address of a link that says where it leads; null if it has none.</summary>
    public static string? AddressOf(LinkInline link) =>
        string.IsNullOrWhiteSpace(link.Url) ? null : CleanText.Line(link.Url);

    private static MarkdownPipeline Create()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras(
            Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        // An entity could bring back a character that the cleaning took away.
        builder.InlineParsers.TryRemove<HtmlEntityParser>();
        return builder.Build();
    }

    private static bool IsDeep(MarkdownDocument document)
    {
        var open = new Stack<(MarkdownObject Node, int Depth)>([(document, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > MaxDepth)
                return true;

            foreach (var child in ChildrenOf(next.Node))
                open.Push((child, next.Depth + 1));
        }

        return false;
    }

    private static IEnumerable<MarkdownObject> ChildrenOf(MarkdownObject node) => node switch
    {
        ContainerBlock container => container,
        LeafBlock { Inline: { } inline } => inline,
        ContainerInline container => container,
        _ => [],
    };
}
