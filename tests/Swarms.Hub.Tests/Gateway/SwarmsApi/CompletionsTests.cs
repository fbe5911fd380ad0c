using System.Text.Json;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>Calls that are repeated, by a client library or by a program with an idempotency key.</summary>
public sealed class CompletionsTests
{
    private static readonly (string Name, string Value) First = ("X-Stainless-Retry-Count", "0");
    private static readonly (string Name, string Value) Retry = ("X-Stainless-Retry-Count", "1");
    private static readonly (string Name, string Value) Key = ("Idempotency-Key", "order-7");

    public static TheoryData<string, string> Repetitions => new() { { "X-Stainless-Retry-Count", "1" }, { "Idempotency-Key", "order-7" } };

    [Theory]
    [MemberData(nameof(Repetitions))]
    public async Task Repeated_Call_Joins_Its_Run_And_Gets_All_Of_It(string name, string value)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer()
            .Body("event: metadata\ndata: {\"job_id\":\"j-1\",\"name\":\"Writer\"}\n\n" + Sse.Chunk("Once "))
            .WaitFor(goOn.Task)
            .Body(Sse.Chunk("upon") + "event: usage\ndata: {\"input_tokens\":3,\"output_tokens\":4,\"total_cost\":0.5}\n\n" + Sse.Done);
        var runId = await CallAndHangUpAsync(scripted, DoorCalls.Streamed, name == Key.Name ? Key : First);
        await upstream.Requested;

        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, (name, value));
        Assert.Equal((runId, "false"), (answer.RunId, answer.Headers["x-should-retry"]));
        Assert.Equal("text/event-stream", answer.Headers["Content-Type"]);
        goOn.SetResult();
        var frames = (await answer.ChunksAsync()).ConvertAll(DoorFrame.Whole);

        Assert.Equal("Once upon", DoorCalls.TextOf(frames));
        Assert.Equal(["metadata", "usage", "done"], frames.Select(frame => frame.Name).Where(frame => frame != "chunk"));
        Assert.Equal("j-1", frames[0].Json.GetProperty("job_id").GetString());
        var usage = frames[^2].Json;
        Assert.Equal(
            (3, 4, 0.5m),
            (Tokens(usage, "input_tokens"), Tokens(usage, "output_tokens"), usage.GetProperty("total_cost").GetDecimal()));
        Assert.Single(scripted.Upstream.Requests);
        Assert.Equal(EventTypes.Done, (await scripted.Host.FindAsync(runId)).State);
    }

    [Theory]
    [MemberData(nameof(Repetitions))]
    public async Task Repeated_Call_Gets_A_Run_That_Has_Ended(string name, string value)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon") + Sse.Done);
        var runId = await CallAndHangUpAsync(scripted, DoorCalls.Streamed, name == Key.Name ? Key : First);
        await scripted.Host.EndsOnceAsync(runId);

        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, (name, value));
        var frames = (await answer.ChunksAsync()).ConvertAll(DoorFrame.Whole);

        Assert.Equal(("Once upon", "done"), (DoorCalls.TextOf(frames), frames[^1].Name));
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Repeated_Call_That_Does_Not_Stream_Gets_The_Json_Answer()
    {
        const string Answer = """{"job_id":"j-1","success":true,"name":"Writer","outputs":[{"role":"Writer","content":"Once upon"}]}""";
        await using var scripted = await ScriptedHub.StartAsync();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer(200, "application/json").WaitFor(goOn.Task).Body(Answer);
        using var lost = await scripted.OpenAsync();
        await lost.SendAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed);
        await upstream.Requested;
        lost.Dispose();

        using var door = await scripted.OpenAsync();
        var asking = door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed, Retry);
        goOn.SetResult();
        var answer = await asking;

        var json = JsonElement.Parse(await answer.BodyAsync());
        Assert.Equal(200, answer.Status);
        Assert.Equal("Once upon", Assert.Single(json.GetProperty("outputs").EnumerateArray()).GetProperty("content").GetString());
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Call_That_Nobody_Began_Starts_Anew()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(503, "application/json").Body("""{"detail":"Busy"}""");
        scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
        using var door = await scripted.OpenAsync();

        var refused = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, First);
        Assert.Equal(503, refused.Status);
        await refused.BodyAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, Retry);

        Assert.Equal([Sse.Chunk("Once"), Sse.Done], await answer.ChunksAsync());
        Assert.NotEqual(refused.RunId, answer.RunId);
    }

    [Fact]
    public async Task Call_That_Is_Another_One_Starts_Its_Own_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        for (var i = 0; i < 4; i++)
            scripted.Upstream.Answer().Body(Sse.Done);

        var guest = await scripted.Host.InviteAsync(MemberRoles.Participant);
        using var door = await scripted.OpenAsync();
        var runs = new List<string>();
        foreach (var (token, body) in new[]
        {
            (scripted.Host.Token!, DoorCalls.Streamed),
            (scripted.Host.Token!, DoorCalls.Streamed.Replace("story", "joke", StringComparison.Ordinal)),
            (guest.Token!, DoorCalls.Streamed),
        })
        {
            var answer = await door.AskAsync(DoorCalls.Agent, token, body, Retry);
            await answer.ChunksAsync();
            runs.Add(answer.RunId);
        }

        // Without a word of the library, the same call again is a new one.
        var again = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, First);
        await again.ChunksAsync();
        runs.Add(again.RunId);
        Assert.Equal(4, runs.Distinct().Count());
    }

    [Fact]
    public async Task Key_That_Was_Used_For_Another_Call_Is_Refused()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        using var door = await scripted.OpenAsync();
        await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, Key)).ChunksAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed, Key);

        await answer.DetailAsync(409);
    }

    [Fact]
    public async Task Run_That_Was_Cancelled_Is_Not_Started_Again_By_A_Repeated_Call()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var runId = await CallAndHangUpAsync(scripted, DoorCalls.Streamed, First);
        await scripted.Host.CancelAsync(runId);

        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, Retry);
        var frames = (await answer.ChunksAsync()).ConvertAll(DoorFrame.Whole);

        Assert.Equal("cancelled: The run was cancelled.", frames[^1].Error());
        Assert.Single(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Caller_That_Joins_And_Hangs_Up_Ends_Nothing_And_Is_No_Failure()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        var runId = await CallAndHangUpAsync(scripted, DoorCalls.Streamed, First);

        Assert.Equal(runId, await CallAndHangUpAsync(scripted, DoorCalls.Streamed, Retry));
        Assert.Equal(runId, await CallAndHangUpAsync(scripted, DoorCalls.Streamed, Retry));

        Assert.False(RunStates.HasEnded((await scripted.Host.FindAsync(runId)).State));
        // The hub's log must be empty once both have left.
        await Until.TrueAsync(() => scripted.Hub.Get<PresenceRegistry>().Read(scripted.Host.Room).Viewers == 0);
    }

    private static async Task<string> CallAndHangUpAsync(ScriptedHub scripted, string body, params (string, string)[] headers)
    {
        using var door = await scripted.OpenAsync();
        return (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, body, headers)).RunId;
    }

    private static int Tokens(JsonElement usage, string name) => usage.GetProperty(name).GetInt32();
}
