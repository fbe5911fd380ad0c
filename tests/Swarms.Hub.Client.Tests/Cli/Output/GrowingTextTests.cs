using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class GrowingTextTests
{
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
