using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed partial class CompletionsWriterTests
{
    [Theory]
    [InlineData(400, true, true)]
    [InlineData(401, true, true)]
    [InlineData(402, false, true)]
    [InlineData(403, true, true)]
    [InlineData(408, true, true)]
    [InlineData(409, false, true)]
    [InlineData(422, false, true)]
    [InlineData(429, true, true)]
    [InlineData(429, false, true)]
    [InlineData(500, true, false)]
    [InlineData(502, false, false)]
    [InlineData(503, true, true)]
    [InlineData(503, false, true)]
    [InlineData(504, true, false)]
    public async Task What_The_Upstream_Refuses_Passes_Through(int status, bool isStreamed, bool isLeftToTheCaller)
    {
        const string Body = """{"detail": [{"loc": ["body", "task"], "msg": "too ruhig"}],  "code": 7}""";
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(status, "application/json; charset=utf-8")
            .Header("Retry-After", "17")
                .Header("X-RateLimit-Limit", "100")
                .Header("x-ratelimit-reset", "1767225600")
                .Header("X-Internal", "x")
                .Header("Server", "y")
                .Body(Body);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, isStreamed ? DoorCalls.Streamed : DoorCalls.NotStreamed);

        Assert.Equal((status, Body), (answer.Status, await answer.BodyAsync()));
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal(
            ("17", "100", "1767225600"),
            (answer.Headers["Retry-After"], answer.Headers["X-RateLimit-Limit"], answer.Headers["X-RateLimit-Reset"]));
        Assert.Equal(isLeftToTheCaller ? null : "false", answer.Headers.GetValueOrDefault("x-should-retry"));
        Assert.Empty(answer.Headers.Keys.Intersect(["X-Internal", "Server"]));
        var ending = (await scripted.Host.EndsOnceAsync(answer.RunId))[^1];
        Assert.Equal(
            (EventTypes.Error, status >= 500 ? ErrorCodes.UpstreamError : ErrorCodes.UpstreamRejected),
            (ending.Type, ending.Data.GetProperty("code").GetString()));
        await IsOpenAsync(scripted, door);
    }

    [Theory]
    [InlineData("text/html", "<h1>Bad Gateway</h1>")]
    [InlineData("", "")]
    public async Task Refusal_Passes_Through_Whatever_Its_Body_Is(string contentType, string body)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(502, contentType).Body(body);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        Assert.Equal((502, body), (answer.Status, await answer.BodyAsync()));
        Assert.Equal(contentType, answer.Headers.GetValueOrDefault("Content-Type", ""));
    }

    [Fact]
    public async Task Room_Sees_A_Refusal_Before_Its_Caller_Does()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(402, "application/json").Body("""{"detail":"Insufficient credits"}""");
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        var run = await scripted.Host.FindAsync(answer.RunId);
        Assert.Equal((EventTypes.Error, ErrorCodes.UpstreamRejected), (run.State, run.Error!.Code));
        Assert.Contains("Insufficient credits", run.Error.Message, StringComparison.Ordinal);
        await answer.BodyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upstream_That_Cannot_Be_Reached_Is_A_Bad_Gateway(bool isStreamed)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:BaseAddress", "http://127.0.0.1:9"));
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, isStreamed ? DoorCalls.Streamed : DoorCalls.NotStreamed);

        await answer.DetailAsync(502);
        Assert.DoesNotContain("x-should-retry", answer.Headers.Keys);
        Assert.Equal(ErrorCodes.UpstreamUnreachable, (await scripted.Host.FindAsync(answer.RunId)).Error!.Code);
    }

    [Fact]
    public async Task Upstream_That_Sends_No_Headers_Is_A_Gateway_Timeout()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:IdleTimeout", "00:00:00.5"));
        scripted.Upstream.Answer().Hang();
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        await answer.DetailAsync(504);
        Assert.Equal("false", answer.Headers["x-should-retry"]);
        Assert.Equal(ErrorCodes.UpstreamIdle, (await scripted.Host.FindAsync(answer.RunId)).Error!.Code);
    }

    [Theory]
    [InlineData("text/html", "<h1>Hello</h1>")]
    [InlineData("application/json", "{\"outputs\":")]
    public async Task Answer_That_Is_None_Is_A_Bad_Gateway(string contentType, string body)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(200, contentType).Body(body);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed);

        await answer.DetailAsync(502);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    public async Task Header_That_Http_Cannot_Carry_Is_Left_Out(int status)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Raw(
            $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nX-RateLimit-Limit: 7\r\nX-RateLimit-Remaining: é\r\n"
            + "Content-Length: 39\r\n\r\n{\"outputs\": [{\"content\": \"Once upon\"}]}");
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed);

        Assert.Equal((status, "7"), (answer.Status, answer.Headers["X-RateLimit-Limit"]));
        Assert.DoesNotContain("X-RateLimit-Remaining", answer.Headers.Keys);
        Assert.NotEmpty(answer.RunId);
        await answer.BodyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_That_Is_Cancelled_In_The_Queue_Is_Told_To_Its_Caller(bool isStreamed)
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        scripted.AnswerAndHang(1);
        await scripted.Host.StartAsync();
        using var door = await scripted.OpenAsync();
        await using var replay = await scripted.Host.ReplayAsync();
        var asking = door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, isStreamed ? DoorCalls.Streamed : DoorCalls.NotStreamed);
        var queued = await replay.UntilAsync(
            item => item.EventType == EventTypes.RunQueued
                && JsonElement.Parse(item.Data).GetProperty("data").GetProperty("position").GetInt32() == 1);

        await scripted.Host.CancelAsync(queued.GetProperty("run").GetString()!);

        var answer = await asking.InTime();
        if (isStreamed)
            Assert.Equal("cancelled: The run was cancelled.", DoorFrame.Whole((await answer.ChunksAsync())[^1]).Error());
        else
            Assert.Equal("The run was cancelled.", await answer.DetailAsync(409));
    }

    [Fact]
    public async Task Full_Queue_Is_Told_With_The_Time_To_Wait()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        scripted.AnswerAndHang(1);
        await scripted.Host.StartAsync();
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        await answer.DetailAsync(429);
        Assert.Empty(answer.Headers.Keys.Intersect(["X-Run-Id", "x-should-retry"], StringComparer.OrdinalIgnoreCase));
    }

    private static async Task IsOpenAsync(ScriptedHub scripted, DoorConnection door)
    {
        scripted.Upstream.Answer().Body(Sse.Done);
        Assert.Equal([Sse.Done], await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed)).ChunksAsync());
    }
}
