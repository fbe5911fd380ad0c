using System.Text.Json;
using Swarms.Hub.Cli;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Cli.Output;

public sealed class TalkWordsTests
{
    [Theory]
    [InlineData("message", "{\"text\":\"Hi\"}", "#7 Ada: Hi")]
    [InlineData("message", "{\"text\":\"Hi\",\"replyTo\":3}", "#7 Ada (to #3): Hi")]
    [InlineData("message", "{\"erased\":9,\"length\":2}", null)]
    [InlineData("message.edited", "{\"target\":3,\"text\":\"Hello\"}", "#3 Ada, edited: Hello")]
    [InlineData("message.edited", "{\"erased\":9,\"target\":3,\"length\":2}", null)]
    [InlineData("message.removed", "{\"target\":3}", "Ada removes #3")]
    [InlineData("reaction", "{\"emoji\":\"👍\",\"target\":3}", "Ada reacts 👍 to #3")]
    [InlineData("reaction.removed", "{\"emoji\":\"👍\",\"target\":3}", "Ada takes back 👍 to #3")]
    [InlineData(
        "reaction",
        "{\"emoji\":\"👍\",\"target\":3,\"passage\":{\"run\":\"r\",\"from\":3,\"fromOffset\":0,\"to\":3,\"toOffset\":1}}",
        "Ada reacts 👍 to a passage at #3")]
    [InlineData("hand.raised", "{}", "Ada raises a hand")]
    [InlineData("hand.lowered", "{}", "Ada lowers the hand")]
    [InlineData("hand.lowered", "{\"member\":\"m2\"}", "Ada lowers the hand of Bob")]
    [InlineData("run.hidden", "{\"run\":\"r1\"}", "Ada hides the run r1")]
    [InlineData("run.shown", "{\"run\":\"r1\"}", "Ada shows the run r1 again")]
    [InlineData("run.removed", "{\"run\":\"r1\",\"kind\":\"agent\",\"textLength\":2}", "Ada removes the run r1")]
    [InlineData("chunk", "{\"content\":\"Hi\"}", null)]
    public void Event_Is_One_Line_And_An_Erased_One_Is_None(string type, string data, string? line)
    {
        var roomEvent = new RoomEvent { Sequence = 7, At = default, Type = type, By = "m1", Data = JsonElement.Parse(data) };

        Assert.Equal(line, TalkWords.Of(roomEvent, "Ada", id => id == "m2" ? "Bob" : null));
    }
}
