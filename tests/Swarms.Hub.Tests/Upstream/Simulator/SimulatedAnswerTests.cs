using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream.Simulator;

public sealed class SimulatedAnswerTests
{
    [Theory]
    [InlineData(RunKinds.Agent, 0)]
    [InlineData(RunKinds.Swarm, 2)]
    public async Task Usage_Is_The_Text_In_Tokens_Of_Four_Characters_At_The_Documented_Price(string kind, int agents)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(
            """
            {"agent_config": {"agent_name": "A"}, "agents": [{"agent_name": "A"}, {"agent_name": "B"}], "task": "Paint a blue fox",
             "simulation": {"chunksPerSecond": 0}}
            """,
            kind);
        var frames = await response.Frames();
        var usage = JsonElement.Parse(frames.Single(frame => frame.Event?.Type == "usage").Event!.Data.Span);

        var (input, output) = (8 + 4, (frames.Text().Length + 3) / 4);
        Assert.Equal(input, usage.GetProperty("inputTokens").GetInt32());
        Assert.Equal(output, usage.GetProperty("outputTokens").GetInt32());
        Assert.Equal(input + output, usage.GetProperty("totalTokens").GetInt32());
        Assert.Equal(
            decimal.Round((input * 0.0000065m) + (output * 0.0000185m) + (agents * 0.01m), 6), usage.GetProperty("cost").GetDecimal());
    }
}
