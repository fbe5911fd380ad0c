using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class TextTests
{
    [Theory]
    [InlineData("one two three", 8, 9, "one two|three")]
    [InlineData("one two three", 8, 1, "three")]
    [InlineData("abcdefgh", 3, 9, "abc|def|gh")]
    [InlineData("a\n\nb", 3, 9, "a||b")]
    [InlineData("世界世", 4, 9, "世界|世")]
    [InlineData("", 4, 9, "")]
    public void Tail_Is_The_Last_Lines_Wrapped_Between_Words(string text, int width, int height, string lines) =>
        Assert.Equal(lines, string.Join('|', TextTail.Of(text, width, height)));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("shorter", 5, "shor…")]
    public void Long_Line_Is_Cut_With_An_Ellipsis(string line, int width, string cut) => Assert.Equal(cut, TextTail.Cut(line, width));

    [Theory]
    [InlineData("a\tb\nc é 世", "a\tb\nc é 世")]
    [InlineData("\u001b[2J\u0007\r\u0090x", "[2Jx")]
    public void Control_Characters_Are_Not_Printed(string text, string printable) => Assert.Equal(printable, PrintableText.Of(text));

    [Fact]
    public void Growing_Text_Gives_What_Is_Missing_And_Tells_When_It_Is_Another()
    {
        var text = new GrowingText();
        text.Append("one ");

        Assert.Equal(("two", false), text.Become("one two"));
        Assert.Equal(("", false), text.Become("one two"));
        Assert.Equal(("other", true), text.Become("other"));
        Assert.Equal("other", text.ToString());
    }
}
