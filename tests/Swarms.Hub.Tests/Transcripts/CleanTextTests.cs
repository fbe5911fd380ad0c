namespace Swarms.Hub.Transcripts;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("\u202Edetrevni\u202C", "\uFFFDdetrevni\uFFFD")]
    [InlineData("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("a\u001b[2Jb\u0007\0", "a\uFFFD[2Jb\uFFFD\uFFFD")]
    [InlineData("one\r\ntwo\u2028three\ttab", "one\ntwo\nthree\ttab")]
    [InlineData("Grüße 世界 👩‍🔬 می‌خواهم हिन्दी", "Grüße 世界 👩‍🔬 می‌خواهم हिन्दी")]
    public void Block_Holds_Nothing_That_Acts_On_Its_Surroundings(string text, string expected) =>
        Assert.Equal(expected, CleanText.Block(text));

    // An attribute's text holds no half of a pair.
    [Fact]
    public void Half_Of_A_Pair_Is_Replaced() => Assert.Equal("\uFFFD alone \uFFFD", CleanText.Block("\ud83d alone \udc00"));

    [Fact]
    public void Line_Is_One_Line() => Assert.Equal("one two three four", CleanText.Line("one\ntwo\r\nthree\tfour"));

    [Theory]
    [InlineData(16, 16)]
    [InlineData(200, 16)]
    public void Marks_On_One_Letter_Are_Bounded(int marks, int kept)
    {
        var clean = CleanText.Block("H" + new string('\u0301', marks) + "i" + new string('\u0302', marks));

        Assert.Equal("H" + new string('\u0301', kept) + "i" + new string('\u0302', kept), clean);
    }

    [Fact]
    public void Directions_Are_Escaped_In_Json() =>
        Assert.Equal("\"\\u202e \\u2066 \u2030 é\"", CleanText.EscapeDirections("\"\u202E \u2066 \u2030 é\""));
}
