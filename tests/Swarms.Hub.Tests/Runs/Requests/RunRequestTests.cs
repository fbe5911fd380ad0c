using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

public sealed class RunRequestTests
{
    [Fact]
    public void Tasks_Are_Joined_As_They_Are_Written_And_Counted_Beyond_The_Cut()
    {
        var request = Parse("""{"tasks":["a\n",1,{"b": [2]},null,true]}""", RunKinds.Swarm);
        Assert.Equal(("a\n\n1\n{\"b\": [2]}\nnull\ntrue", null), (request.Task, request.TaskLength));

        var numbers = Parse($"{{\"tasks\":[{string.Join(',', Enumerable.Repeat(1, 200_000))}]}}", RunKinds.Swarm);
        Assert.Equal((16_384, 399_999), (numbers.Task.Length, numbers.TaskLength));
    }

    [Theory]
    [InlineData("""{"task":"first","task":"last"}""", "last")]
    [InlineData("""{"task":"","tasks":["other"]}""", "other")]
    [InlineData("""{"task":null,"tasks":["other"]}""", "other")]
    [InlineData("""{"nested":{"task":"inner"},"task":"outer","list":[{"task":"inner"}]}""", "outer")]
    [InlineData("""{"t\u0061sk":"escaped"}""", "escaped")]
    public void Task_Is_The_Last_Field_Of_That_Name(string json, string task) => Assert.Equal(task, Parse(json).Task);

    [Theory]
    [InlineData("""{"task":"x"}""", false)]
    [InlineData("""{"task":"x","stream":true}""", true)]
    [InlineData("""{"task":"x","streaming_on":true}""", true)]
    [InlineData("""{"task":"x","agent_config":{"streaming_on":true}}""", true)]
    [InlineData("""{"task":"x","agent_config":{"streaming_on":"true","deep":{"streaming_on":true}}}""", false)]
    public void Body_Decides_About_Streaming(string json, bool isStreamed) => Assert.Equal(isStreamed, Parse(json).IsStreamed);

    [Fact]
    public void Names_And_Values_Are_Bounded_Wherever_They_Are()
    {
        const int Count = RequestFields.MaxValues;
        var list = $"[{string.Join(',', Enumerable.Repeat(1, Count))}]";
        foreach (var json in new[] { $"{{\"task\":\"x\",\"note\":{list}}}", $"{{\"task\":\"x\",\"note\":{{\"deep\":{list}}}}}" })
            Assert.Equal(ErrorCodes.TooLarge, Assert.Throws<HubErrorException>(() => Parse(json)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"task":"x"} more""")]
    [InlineData("""{"task":"x",}""")]
    [InlineData("[]")]
    [InlineData("""{"task":"x","agent_config":[]}""")]
    [InlineData("""{"task":"x","agent_config":{"agent_name":{}}}""")]
    public void Request_That_Is_No_Object_Or_No_JSON_Is_Invalid(string json) =>
        Assert.Equal(ErrorCodes.Invalid, Assert.Throws<HubErrorException>(() => Parse(json)).Code);

    private static RunRequest Parse(string json, string kind = RunKinds.Agent) =>
        RunRequest.Parse(kind, Encoding.UTF8.GetBytes(json), isStreamed: null);
}
