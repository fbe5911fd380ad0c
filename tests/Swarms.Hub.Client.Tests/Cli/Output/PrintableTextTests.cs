using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("a\tb\nc é 世", "a\tb\nc é 世")]
    [InlineData("\u001b[2J\u0007\r\u0090x", "[2Jx")]
    public void Control_Characters_Are_Not_Printed(string text, string printable) => Assert.Equal(printable, PrintableText.Of(text));

    [Theory]
    [InlineData("a\nb\r\nc\td", "a b c d")]
    [InlineData("a\u2028b\u0085c\u001b[1m", "a b c[1m")]
    public void Line_Has_No_Breaks(string text, string line) => Assert.Equal(line, PrintableText.OfLine(text));
}
