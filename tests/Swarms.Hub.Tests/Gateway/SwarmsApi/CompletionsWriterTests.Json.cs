using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed partial class CompletionsWriterTests
{
    private const string AgentAnswer =
        """{"job_id": "agent-1", "success": true,  "name": "Writer", "outputs": [{"role": "Writer","""
        + """ "content": "Once upon a time"}], "usage": {"input_tokens": 4, "output_tokens": 5, "total_tokens": 9,"""
        + """ "total_cost": 0.0021}}""";

    [Fact]
    public async Task Caller_That_Wants_No_Stream_Gets_The_Upstreams_Json_And_The_Room_Sees_The_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(200, "application/json").Header("X-RateLimit-Remaining", "7").Header("X-Internal", "x").Body(AgentAnswer);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed, ("Accept-Encoding", "gzip"));

        Assert.Equal((200, AgentAnswer), (answer.Status, await answer.BodyAsync()));
        Assert.Equal(
            ("application/json", "7", "false"),
            (answer.Headers["Content-Type"], answer.Headers["X-RateLimit-Remaining"], answer.Headers["x-should-retry"]));
        Assert.Empty(answer.Headers.Keys.Intersect(["Content-Encoding", "X-Internal"]));
        // The room has the run at once, because the caller gets its answer only after the room.
        var run = await scripted.Host.FindAsync(answer.RunId);
        Assert.Equal((EventTypes.Done, "Once upon a time", 9, 0.0021m), (run.State, run.Text, run.Usage!.TotalTokens, run.Usage.Cost));
        var events = await scripted.Host.EndsOnceAsync(answer.RunId);
        Assert.Equal(
            [EventTypes.Chunk, EventTypes.Usage, EventTypes.Done],
            events.Select(e => e.Type).Where(type => type is not (EventTypes.RunQueued or EventTypes.RunStarted or EventTypes.Metadata)));
    }

    [Fact]
    public async Task Json_Waits_For_The_Room_To_Have_It()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer(200, "application/json").WaitFor(held.Task).Body(AgentAnswer);
        using var door = await scripted.OpenAsync();
        var asking = door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed);
        await upstream.Requested.InTime();

        using (new HeldDatabase(scripted.Hub.DatabasePath))
        {
            held.SetResult();
            await Until.TrueAsync(() => scripted.Hub.Get<Storage.CommitQueue>().PendingEvents > 0);

            // These calls are answered from memory by the same server loop, after the run's events came in.
            for (var i = 0; i < 20; i++)
                await scripted.Hub.Anybody().GetAsync("/healthz");

            Assert.False(asking.IsCompleted);
        }

        Assert.Equal(AgentAnswer, await (await asking).BodyAsync());
    }

    [Fact]
    public async Task Upstream_That_Answers_Json_To_A_Caller_That_Wants_A_Stream_Is_Passed_On_As_It_Is()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(200, "application/json").Body(AgentAnswer);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        Assert.Equal(("application/json", AgentAnswer), (answer.Headers["Content-Type"], await answer.BodyAsync()));
        Assert.Equal("Once upon a time", (await scripted.Host.FindAsync(answer.RunId)).Text);
    }

    [Fact]
    public async Task Swarm_Is_Answered_Whole_And_Seen_Agent_By_Agent()
    {
        const string Json = """{"job_id":"swarms-1","status":"success","swarm_name":"Desk","""
            + """ "output":[{"role":"Bull","content":"Buy."},{"role":"Bear","content":"Sell."}],"usage":{"total_tokens":3}}""";
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(200, "application/json").Body(Json);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(
            DoorCalls.Swarm,
            scripted.Host.Token!,
            """{"name":"Desk","task":"Decide","agents":[{"agent_name":"Bull"},{"agent_name":"Bear"}]}""");

        Assert.Equal(Json, await answer.BodyAsync());
        var run = await scripted.Host.FindAsync(answer.RunId);
        Assert.Equal((RunKinds.Swarm, "Desk", "Decide"), (run.Kind, run.Agent.Name, run.Task));
        Assert.Equal(["Bull", "Bear"], run.Parts!.Select(part => part.Agent));
    }

    [Fact]
    public async Task Caller_That_Hangs_Up_Before_The_Json_Comes_Leaves_The_Run_Going()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer(200, "application/json").WaitFor(gone.Task).Body(AgentAnswer);
        await using var replay = await scripted.Host.ReplayAsync();
        Task asking;
        using (var door = await scripted.OpenAsync())
        {
            asking = door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.NotStreamed);
            await upstream.Requested.InTime();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => asking);
        var run = (await replay.UntilAsync(EventTypes.RunStarted)).GetProperty("run").GetString()!;
        gone.SetResult();

        Assert.Equal(EventTypes.Done, (await scripted.Host.EndsOnceAsync(run))[^1].Type);
        Assert.Equal("Once upon a time", (await scripted.Host.FindAsync(run)).Text);
    }
}
