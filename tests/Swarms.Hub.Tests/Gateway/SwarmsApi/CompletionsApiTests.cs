using System.Text;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class CompletionsApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    public static TheoryData<string> Unfit =>
    [
        "", " ", "{", "nonsense", "null", "[]", "7", "\"text\"", "true", "{}", "{\"task\":\"x\",}", "{'task':'x'}", "{\"task\":\"x\"}}",
        "\u0000",
        "{\"task\":null}", "{\"task\":\"\"}", "{\"task\":\" \\n\\t\"}", "{\"task\":7}", "{\"task\":{}}", "{\"task\":[\"x\"]}",
        "{\"task\":true}", "{\"tasks\":[]}", "{\"tasks\":\"x\"}",
        "{\"task\":\"\\ud800\"}", "{\"task\":\"a\\udc00b\"}", "{\"tasks\":[\"\\ud800\"]}",
        "{\"task\":\"x\",\"agent_config\":{\"agent_name\":\"\\ud800\"},\"name\":\"\\ud800\"}",
        "{\"task\":\"x\",\"agent_config\":7,\"name\":7}", "{\"task\":\"x\",\"agent_config\":{\"agent_name\":7},\"name\":[]}",
        "{\"task\":\"x\",\"agent_config\":[],\"name\":{}}",
        "{\"a\":" + new string('[', 5000) + new string(']', 5000) + "}", new string('[', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task Body_That_Does_Not_Fit_Is_Refused_In_The_Swarms_Form_And_The_Connection_Survives(string body)
    {
        var host = await _hub.CreateRoomAsync();
        using var door = await DoorConnection.OpenAsync(_hub.Address);

        await (await door.AskAsync(DoorCalls.Agent, host.Token!, body)).DetailAsync(400);
        await (await door.AskAsync(DoorCalls.Swarm, host.Token!, body)).DetailAsync(400);

        await WorksAsync(host, door);
    }

    public static TheoryData<byte[]> NoText => new()
    {
        (byte[])[.. "{\"task\":\"a"u8, 0xFF, .. "\"}"u8],
        (byte[])[.. "{\"task\":\"a"u8, 0xC3, 0x28, .. "\"}"u8],
        (byte[])[.. "{\"task\":\"x\",\"agent_config\":{\"agent_name\":\""u8, 0xED, 0xA0, 0x80, .. "\"},\"name\":\""u8, 0xFE, .. "\"}"u8],
        (byte[])[0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0],
        (byte[])[0x1F, 0x8B, 8, 0, 0, 0, 0, 0],
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public async Task Bytes_That_Are_No_Utf8_Are_Refused(byte[] body)
    {
        var host = await _hub.CreateRoomAsync();
        using var door = await DoorConnection.OpenAsync(_hub.Address);

        await (await door.AskAsync(DoorCalls.Agent, host.Token!, body)).DetailAsync(400);
        await (await door.AskAsync(DoorCalls.Swarm, host.Token!, body)).DetailAsync(400);

        await WorksAsync(host, door);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"task\":\"x\"}")]
    [InlineData("{\"task\":\"x\",\"\\ud800\\ud800\\ud800\":1}")]
    [InlineData("{\"task\":\"x\",\"\\ud800\\ud800\":true,\"stream\":true,\"agent_config\":{\"\\udfff\":1}}")]
    [InlineData("{\"task\":\"x\",\"agent_config\":{\"\\ud800\\ud800\\ud800\":1}}")]
    public async Task Half_Characters_In_Names_Are_Refused_By_The_Hub_Or_Left_To_The_Upstream(string body)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        using var door = await scripted.OpenAsync();

        foreach (var path in new[] { DoorCalls.Agent, DoorCalls.Swarm })
        {
            scripted.Upstream.Answer(422, "application/json").Body("""{"detail":"The upstream does not like it."}""");
            var answer = await door.AskAsync(path, scripted.Host.Token!, body);
            await answer.DetailAsync(answer.Headers.ContainsKey("X-Run-Id") ? 422 : 400);
        }
    }

    [Theory]
    [InlineData("{\"task\":\"x\",\"stream\":true,\"note\":\"\\ud800\"}")]
    [InlineData("{\"task\":\"x\",\"stream\":true,\"notes\":{\"\\ud800\":[\"\\udfff\"]}}")]
    [InlineData("{\"task\":\"x\",\"stream\":true,\"\\u0000\":\"\\u0000\"}")]
    public async Task What_The_Hub_Does_Not_Read_Reaches_The_Upstream_Untouched(string body)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        using var door = await scripted.OpenAsync();

        Assert.Equal(Sse.Done, await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, body)).BodyAsync());

        var sent = Encoding.UTF8.GetString(Assert.Single(scripted.Upstream.Requests).Body.Span);
        Assert.StartsWith(body[..^1], sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Byte_Order_Mark_Before_The_Body_Is_No_Fault_Of_The_Hub()
    {
        var host = await _hub.CreateRoomAsync();
        using var door = await DoorConnection.OpenAsync(_hub.Address);

        await (await door.AskAsync(DoorCalls.Agent, host.Token!, (byte[])[0xEF, 0xBB, 0xBF, .. "[]"u8])).DetailAsync(400);

        await WorksAsync(host, door);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task Content_Type_Is_Not_Looked_At(string contentType)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        using var door = await scripted.OpenAsync();

        Assert.Equal(
            Sse.Done,
            await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, ("Content-Type", contentType)))
                .BodyAsync());
        await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, "a=b", ("Content-Type", contentType))).DetailAsync(400);

        Assert.Equal("application/json", Assert.Single(scripted.Upstream.Requests).Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(DoorCalls.Agent)]
    [InlineData(DoorCalls.Swarm)]
    public async Task Body_Over_The_Limit_Is_Too_Large_And_One_At_The_Limit_Is_Not(string path)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxRequestBytes", "2000"));
        scripted.Upstream.Answer().Body(Sse.Done);
        using var door = await scripted.OpenAsync();
        const string Frame = "{\"stream\":true,\"task\":\"\"}";

        Assert.Equal(Sse.Done, await (await door.AskAsync(path, scripted.Host.Token!, Body(2000))).BodyAsync());
        Assert.Contains(
            "2000", await (await door.AskAsync(path, scripted.Host.Token!, Body(2001))).DetailAsync(413), StringComparison.Ordinal);

        static string Body(int length) => Frame.Insert(Frame.Length - 2, new string('a', length - Frame.Length));
    }

    private static async Task WorksAsync(MemberCaller host, DoorConnection door)
    {
        var answer = await door.AskAsync(
            DoorCalls.Agent, host.Token!, """{"task":"x","stream":true,"simulation":{"chunksPerSecond":0,"chunks":1}}""");
        Assert.Equal("done", DoorFrame.Whole((await answer.ChunksAsync())[^1]).Name);
        // A refused request never became a run.
        Assert.Single((await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }
}
