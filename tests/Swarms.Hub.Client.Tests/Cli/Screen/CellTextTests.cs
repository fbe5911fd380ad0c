using Spectre.Console;
using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class CellTextTests
{
    private const string Family = "👨‍👩‍👧";

    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("a bcdefgh", 4, "a bc|defg|h")]
    [InlineData("世界世", 4, "世界|世")]
    [InlineData("a世界 b", 4, "a世|界 b")]
    [InlineData("世", 1, "世")]
    [InlineData("ab   cd", 3, "ab|cd")]
    [InlineData("    indented", 12, "    indented")]
    [InlineData("\tx", 5, "    x")]
    [InlineData("", 4, "")]
    [InlineData("   ", 2, "|")]
    public void Paragraph_Is_Broken_Between_Words_And_Within_Those_That_Are_Longer_Than_A_Line(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', CellText.Wrap(text, width)));

    [Fact]
    public void Lines_Behind_The_First_Are_Indented() =>
        Assert.Equal(["Ada: 日", "  本語の", "  長いメ"], CellText.Wrap("Ada: 日本語の長いメ", 8, "  "));

    public static TheoryData<string> LongWords => new(
        string.Concat(Enumerable.Repeat("日本語のとても長いメッセージです。", 20)),
        "https://example.com/" + new string('x', 500),
        string.Concat(Enumerable.Repeat("😀❤️👍🏽🇩🇪" + Family, 40)),
        string.Concat(Enumerable.Repeat("e\u0301\u0308n\u0303", 200)),
        string.Concat(Enumerable.Repeat("각ᄀ\u1161ᆨﾊﾟ", 60)),
        "z" + new string('\u0301', 2000) + new string('y', 100),
        string.Concat(Enumerable.Repeat("คำภาษาไทยที่ยาวมากไม่มีช่องว่าง", 20)),
        string.Concat(Enumerable.Repeat("🏴󠁧󠁢󠁥󠁮󠁧󠁿\u200bwide世narrow", 30)));

    [Theory]
    [MemberData(nameof(LongWords))]
    public void Word_Without_Spaces_Loses_Nothing_And_Fits_Whatever_The_Width(string word)
    {
        Assert.All([1, 2, 7, 40, 50, 80], width =>
        {
            var lines = CellText.Wrap("Ada: " + word, width);

            Assert.Equal("Ada:" + word, string.Concat(lines).Replace(" ", ""));
            Assert.All(lines, line => Assert.True(line.GetCellWidth() <= Math.Max(2, width), $"'{line}' is wider than {width}"));
        });
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("世", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u200b", 0)]
    [InlineData("❤️", 2)]
    [InlineData(Family, 6)]
    [InlineData("\n", 0)]
    public void Width_Is_The_Widest_That_A_Terminal_May_Draw(string letter, int width) => Assert.Equal(width, CellText.Width(letter));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("shorter", 5, "shor…")]
    [InlineData("Ada: 日本語のとても長いメッセージ", 12, "Ada: 日本語…")]
    [InlineData("Ada: https://example.com/long", 12, "Ada: https:…")]
    [InlineData("世界", 3, "世…")]
    [InlineData("世", 1, "…")]
    [InlineData("", 5, "")]
    public void Line_Is_Cut_Where_It_Is_Full_And_Not_Between_Words(string line, int width, string cut) =>
        Assert.Equal(cut, CellText.Cut(line, width));
}
