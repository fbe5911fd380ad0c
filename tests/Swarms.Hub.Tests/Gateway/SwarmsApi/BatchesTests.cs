using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class BatchesTests(SharedHub shared)
{
    private const string Path = "/v1/agent/batch/completions";
    private const string Answer = """{"job_id":"a","success":true,"name":"Writer","outputs":"Once","usage":{"total_cost":0.5}}""";

    [Theory]
    [InlineData("{}", "must be a list")]
    [InlineData("[]", "is empty")]
    [InlineData("[{]", "not valid JSON")]
    [InlineData("[{}] x", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("[1]", "must be the JSON object")]
    [InlineData("[{},{},{},{},{},{},{},{},{},{},{}]", "may hold 10")]
    public async Task Body_That_Is_No_Batch_Is_Refused_And_Starts_Nothing(string body, string words)
    {
        var host = await shared.Hub.CreateRoomAsync();

        var refused = await host.PostTextAsync(Path, body);

        Assert.Contains(words, refused.IsDetail(400).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.EventsAsync(), e => e.Run is not null);
    }

    [Fact]
    public async Task Research_Without_Its_List_Is_Refused()
    {
        var host = await shared.Hub.CreateRoomAsync();

        (await host.PostTextAsync("/v1/advanced-research/batch/completions", """{"input_schemas":{}}""")).IsDetail(400);
        (await host.PostTextAsync("/v1/advanced-research/batch/completions", """[{"task":"x"}]""")).IsDetail(400);
    }

    [Fact]
    public async Task Caller_That_Hangs_Up_Leaves_The_Runs_Going()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = scripted.Upstream.Answer(contentType: "application/json").WaitFor(release.Task).Body(Answer);
        scripted.Upstream.Answer(contentType: "application/json").Body(Answer);
        using (var door = await scripted.OpenAsync())
        {
            await door.SendAsync(Path, scripted.Host.Token!, $"[{DoorCalls.NotStreamed},{DoorCalls.NotStreamed}]");
            await first.Requested.InTime();
            await Until.TrueAsync(async () => (await scripted.Host.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued) == 2);
        }

        release.SetResult();

        await Until.TrueAsync(async () => (await scripted.Host.EventsAsync()).Count(e => e.Type == EventTypes.Done) == 2);
    }

    [Fact]
    public async Task Batch_That_Is_Repeated_Joins_Its_Runs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(contentType: "application/json").Body(Answer);
        scripted.Upstream.Answer(contentType: "application/json").Body(Answer);
        var body = $"[{DoorCalls.NotStreamed},{DoorCalls.NotStreamed}]";
        var before = await scripted.Host.PostTextAsync(Path, body, ("Idempotency-Key", "k1"));

        var again = await scripted.Host.PostTextAsync(Path, body, ("Idempotency-Key", "k1"));
        var counted = await scripted.Host.PostTextAsync(Path, body, ("X-Stainless-Retry-Count", "1"));

        Assert.Equal(before.Headers["X-Run-Id"], again.Headers["X-Run-Id"]);
        Assert.Equal(before.Headers["X-Run-Id"].Split(", ").Order(), counted.Headers["X-Run-Id"].Split(", ").Order());
        Assert.All(
            again.Json.GetProperty("results").EnumerateArray(),
            result => Assert.Equal("Once", result.GetProperty("outputs")[0].GetProperty("content").GetString()));
        Assert.Equal(2, scripted.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Streamed_Entry_Is_Answered_As_Json()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon") + Sse.Done);

        var answer = await scripted.Host.PostTextAsync(Path, $"[{DoorCalls.Streamed}]");

        var result = answer.Json.GetProperty("results")[0];
        Assert.Equal("Once upon", result.GetProperty("outputs")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Costs_Are_Left_Out_For_Those_Who_May_Not_See_Them()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var settings = await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { showMoney = "hosts" } });
        Assert.True(settings.Status == 200, settings.Text);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        scripted.Upstream.Answer(contentType: "application/json").Body(Answer);

        var answer = await member.PostTextAsync(Path, $"[{DoorCalls.NotStreamed}]");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("0.5", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_Of_Which_Nothing_Starts_Is_Refused_As_A_Single_Call()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"), ("Runs:MaxQueuedPerRoom", "0"));
        scripted.AnswerAndHang(1);
        await scripted.Host.StartAsync();

        var refused = await scripted.Host.PostTextAsync(Path, $"[{DoorCalls.NotStreamed},{DoorCalls.NotStreamed}]");

        refused.IsDetail(429);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
    }
}
