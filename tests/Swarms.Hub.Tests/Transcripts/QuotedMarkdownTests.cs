using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Swarms.Hub.Transcripts;

/// <summary>The texts of a Markdown transcript, read again by a reader that knows more Markdown than the hub writes.</summary>
public sealed class QuotedMarkdownTests
{
    // Raw HTML, bare addresses, notes, tables, mathematics and diagrams: what viewers of files do.
    private static readonly MarkdownPipeline Reader =
        new MarkdownPipelineBuilder().UseAdvancedExtensions().UseEmojiAndSmiley().UseYamlFrontMatter().Build();

    public static TheoryData<string> Texts => [.. HostileCorpus.Texts];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_Stays_In_Its_Quote_And_Holds_No_Html_Link_Or_Image(string text)
    {
        var written = Write(text);

        Assert.All(written.TrimEnd('\n').Split('\n'), line => Assert.StartsWith(">", line, StringComparison.Ordinal));
        var document = Markdown.Parse(written + "\nThe hub's own words\n", Reader);
        Assert.Equal(2, document.Count(block => block is not LinkReferenceDefinitionGroup));
        Assert.IsType<QuoteBlock>(document[0]);
        Assert.Empty(document.Descendants().Where(IsHarmful).Select(node => $"{node.GetType().Name} in {written}"));
        Assert.DoesNotContain(written, unit => unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
        Assert.DoesNotContain(written, unit => char.IsControl(unit) && unit is not ('\n' or '\t'));
    }

    [Theory]
    [InlineData("# Light\n\nA *wave* and a **particle**.", "> #### Light\n>\n> A *wave* and a **particle**.\n")]
    [InlineData("one\ntwo", "> one\\\n> two\n")]
    [InlineData("- a\n  - b\n- c", "> - a\n>   - b\n> - c\n")]
    [InlineData("3. a\n\n4. b", "> 3. a\n>\n> 4. b\n")]
    [InlineData("```csharp\nvar x = 1 < 2;\n```", "> ```csharp\n> var x = 1 < 2;\n> ```\n")]
    [InlineData("````\n```\n````", "> ````\n> ```\n> ````\n")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "> | a | b |\n> | --- | --- |\n> | 1 | 2 |\n")]
    [InlineData("Use `a < b` and ~~not~~ this", "> Use `a < b` and ~~not~~ this\n")]
    [InlineData("> said\n\nanswered", "> > said\n>\n> answered\n")]
    [InlineData("[the source](https://example.org/a_b)", "> the source (https\\://example.org/a\\_b)\n")]
    [InlineData("![a cat](https://example.org/cat.png)", "> Image: a cat (https\\://example.org/cat.png)\n")]
    [InlineData("<b>bold</b>", "> \\<b\\>bold\\</b\\>\n")]
    [InlineData("", ">\n")]
    public void Text_Renders_As_It_Was_Meant(string text, string expected) => Assert.Equal(expected, Write(text));

    [Fact]
    public void Text_That_Is_Made_To_Break_A_Parser_Stays_In_Its_Quote()
    {
        foreach (var bomb in HostileCorpus.Bombs)
        {
            var written = Write(bomb);

            Assert.All(written.TrimEnd('\n').Split('\n'), line => Assert.StartsWith(">", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Text_That_Is_Too_Long_Or_Too_Deep_Is_Shown_Literally()
    {
        var longText = string.Concat(Enumerable.Repeat("*word* ", ParsedText.MaxLength / 7 + 1));
        Assert.Equal($"> ```\n> {longText}\n> ```\n", Write(longText));
        var deepText = new string('>', 100) + "deep";
        Assert.Equal($"> ```\n> {deepText}\n> ```\n", Write(deepText));
    }

    private static bool IsHarmful(MarkdownObject node) =>
        node is HtmlBlock or HtmlInline or LinkInline or AutolinkInline or Markdig.Extensions.Footnotes.Footnote
            or Markdig.Extensions.Mathematics.MathInline or Markdig.Extensions.Mathematics.MathBlock
            or Markdig.Extensions.Yaml.YamlFrontMatterBlock or Markdig.Extensions.Abbreviations.Abbreviation
        || node is FencedCodeBlock { Info: "mermaid" or "nomnoml" }
        || (node is LinkReferenceDefinition && node is not Markdig.Extensions.AutoIdentifiers.HeadingLinkReferenceDefinition);

    private static string Write(string text)
    {
        var output = new StringBuilder();
        QuotedMarkdown.Write(output, text);
        return output.ToString();
    }
}
