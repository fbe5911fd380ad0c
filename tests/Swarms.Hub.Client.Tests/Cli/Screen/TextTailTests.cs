using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class TextTailTests
{
    [Theory]
    [InlineData("one two three", 8, 9, "one two|three")]
    [InlineData("one two three", 8, 1, "three")]
    [InlineData("a\n\nb", 3, 9, "a||b")]
    [InlineData("", 4, 9, "")]
    public void Tail_Is_The_Last_Lines(string text, int width, int height, string lines) =>
        Assert.Equal(lines, string.Join('|', TextTail.Of(text, width, height)));

    [Fact]
    public void Tail_Of_A_Long_Text_Is_The_End_Of_All_Its_Lines()
    {
        var words = string.Join(' ', Enumerable.Range(0, 5000));

        var tail = TextTail.Of(words, 38, 6);

        Assert.Equal(6, tail.Count);
        Assert.EndsWith(string.Join(' ', tail), words, StringComparison.Ordinal);
    }

    /// <summary>Such a letter has hundreds of code points in a cell or two.</summary>
    [Fact]
    public void Tail_Is_Full_Where_Letters_Have_Many_Code_Points()
    {
        var text = string.Concat(Enumerable.Repeat("z" + new string('\u0301', 300), 500));

        var tail = TextTail.Of(text, 10, 3);

        Assert.Equal([10, 10], tail.SkipLast(1).Select(line => line.Count(letter => letter == 'z')));
        Assert.Equal(3, tail.Count);
    }

    [Fact]
    public void Lines_Stay_Where_They_Are_While_A_Text_Without_Breaks_Grows()
    {
        var words = string.Join(' ', Enumerable.Range(0, 5000));
        var moved = 0;
        for (var length = 10_000; length < 12_000; length++)
        {
            var (before, after) = (TextTail.Of(words[..length], 38, 6), TextTail.Of(words[..(length + 1)], 38, 6));
            var kept = before.SkipLast(1).ToList();
            if (!after.SkipLast(1).SequenceEqual(kept) && !after.SkipLast(2).SequenceEqual(kept.Skip(1)))
                moved++;
        }

        // Once for each block of 4 × 38 × 6 at most.
        Assert.InRange(moved, 0, 3);
    }
}
