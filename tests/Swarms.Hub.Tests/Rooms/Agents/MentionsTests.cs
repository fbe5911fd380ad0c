using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms.Agents;

public sealed class MentionsTests
{
    private static readonly RoomAgent Writer = new() { Id = "writer", Name = "Story Writer", Model = "m" };

    [Theory]
    [InlineData("@writer", true)]
    [InlineData("Well, @WRITER: go on", true)]
    [InlineData("(@story writer)", true)]
    [InlineData("@Story Writer's turn", true)]
    [InlineData("@writer-", true)]
    [InlineData("@@writer!", true)]
    [InlineData("ann@example.org and @writer", true)]
    [InlineData("writer", false)]
    [InlineData("@ writer", false)]
    [InlineData("@writers", false)]
    [InlineData("@writer2", false)]
    [InlineData("@writer_", false)]
    [InlineData("@writer-2", false)]
    [InlineData("@writeré", false)]
    [InlineData("@story", false)]
    [InlineData("ann@writer", false)]
    [InlineData("@", false)]
    public void Agent_Is_Mentioned_By_Its_Whole_Name_Or_Id(string text, bool isMentioned) =>
        Assert.Equal(isMentioned, Mentions.Names(text, Writer));
}
