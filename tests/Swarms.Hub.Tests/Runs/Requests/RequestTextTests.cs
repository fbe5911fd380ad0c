using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Runs;

public sealed class RequestTextTests
{
    private static readonly JsonSerializerOptions RelaxedOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Texts =>
        ["", "a", "plain text", "\b\f\n\r\t\"\\/", "ä€🎉", "\u0001\u0000", new string('é', 3_000) + "🎉🎉", "🎉" + new string('x', 600)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_Is_What_A_Parser_Reads_Of_It_Up_To_The_Cut(string value)
    {
        // One encoder escapes everything but ASCII, and the other next to nothing.
        foreach (var json in new[] { JsonSerializer.Serialize(value), Relaxed(value) })
        {
            var text = new RequestText(601);
            text.AddString(Encoding.UTF8.GetBytes(json).AsSpan()[1..^1]);

            Assert.Equal(value.Length, text.Length);
            Assert.StartsWith(text.ToString(), value, StringComparison.Ordinal);
            // A surrogate pair is cut away whole.
            Assert.InRange(text.ToString().Length, Math.Min(value.Length, 600), 601);
        }
    }

    [Theory]
    [InlineData(@"\ud83c")]
    [InlineData(@"\udf89")]
    [InlineData(@"\ud83cx")]
    [InlineData(@"\ud83c\u0041")]
    [InlineData(@"\ud83c\n")]
    public void Half_Of_A_Surrogate_Pair_Is_Refused(string escaped) =>
        Assert.Throws<InvalidOperationException>(() => new RequestText(10).AddString(Encoding.UTF8.GetBytes(escaped)));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x61, 0xC3 })]
    public void Bytes_That_Are_No_UTF_8_Are_Refused(byte[] bytes) =>
        Assert.Throws<InvalidOperationException>(() => new RequestText(10).AddString(bytes));

    [Fact]
    public void Text_Is_Blank_Only_Where_All_Of_It_Is()
    {
        var text = new RequestText(2);
        text.Add("     "u8);
        Assert.True(text.IsBlank);

        text.Add("x"u8);

        Assert.False(text.IsBlank);
        Assert.Equal("  ", text.ToString());
    }

    private static string Relaxed(string value) => JsonSerializer.Serialize(value, RelaxedOptions);
}
