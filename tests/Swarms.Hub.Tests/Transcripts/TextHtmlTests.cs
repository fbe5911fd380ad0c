using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Transcripts;

/// <summary>The texts of an HTML transcript: only tags and attributes of the hub's own come out.</summary>
public sealed partial class TextHtmlTests
{
    public static TheoryData<string> Texts => [.. HostileCorpus.Texts];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Only_Tags_Of_The_Hubs_Own_Come_Out(string text)
    {
        var written = Write(text);

        Assert.DoesNotContain(Markup().Replace(written, ""), unit => unit is '<' or '>');
        Assert.All(Markup().Matches(written), match => Assert.Matches(Known(), match.Value));
        Assert.Equal(
            Markup().Matches(written).Count(match => Paired().IsMatch(match.Value)),
            2 * Markup().Matches(written).Count(match => match.Value.StartsWith("</", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            WebUtility.HtmlDecode(written), unit => unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u001b');
    }

    [Theory]
    [InlineData("# Light\n\nA *wave*.", "<h4 dir=\"auto\">Light</h4>\n<p dir=\"auto\">A <em>wave</em>.</p>\n")]
    [InlineData("one\ntwo", "<p dir=\"auto\">one<br>\ntwo</p>\n")]
    [InlineData("```js\na < b\n```", "<pre dir=\"ltr\"><code>a &lt; b\n</code></pre>\n")]
    [InlineData(
        "2. a\n3. b",
        "<ol start=\"2\" dir=\"auto\">\n<li><div dir=\"auto\">a</div>\n</li>\n<li><div dir=\"auto\">b</div>\n</li>\n</ol>\n")]
    [InlineData("[a](javascript:alert(1))", "<p dir=\"auto\">a (<bdi>javascript:alert(1)</bdi>)</p>\n")]
    [InlineData("<i>a</i> &lt; b", "<p dir=\"auto\">&lt;i&gt;a&lt;/i&gt; &amp;lt; b</p>\n")]
    public void Text_Renders_As_It_Was_Meant(string text, string expected) =>
        Assert.Equal($"<div class=\"text\" lang=\"\">\n{expected}</div>\n", Write(text));

    [Fact]
    public void Text_That_Is_Made_To_Break_A_Parser_Has_The_Same_Tags()
    {
        foreach (var bomb in HostileCorpus.Bombs)
            Assert.All(Markup().Matches(Write(bomb)).Select(match => match.Value).Distinct(), tag => Assert.Matches(Known(), tag));
    }

    private static string Write(string text)
    {
        var output = new StringBuilder();
        TextHtml.Write(output, text);
        return output.ToString();
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(
        "^</?(p|div|h[4-6]|ul|ol|li|pre|code|blockquote|table|tr|th|td|em|strong|s|bdi|br|hr)"
        + "( class=\"text\"| lang=\"\"| dir=\"(auto|ltr)\"| start=\"[0-9]+\")*>$")]
    private static partial Regex Known();

    [GeneratedRegex("^</?(?!br>|hr>)")]
    private static partial Regex Paired();
}
