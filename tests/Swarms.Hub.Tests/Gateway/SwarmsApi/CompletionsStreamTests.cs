using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class CompletionsStreamTests
{
    public static TheoryData<string> Fixtures => Fixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Caller_Gets_The_Upstreams_Frames_One_In_Each_Write_And_Each_After_The_Room_Has_It(string name)
    {
        var fixture = Fixture.Load(name);
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(fixture.Stream);
        using var door = await scripted.OpenAsync();
        var isSwarm = name.StartsWith("swarm", StringComparison.Ordinal);

        var answer = await door.AskAsync(
            isSwarm ? DoorCalls.Swarm : DoorCalls.Agent, scripted.Host.Token!,
            isSwarm ? """{"task":"Decide","stream":true}""" : DoorCalls.Streamed);

        var frames = new List<DoorFrame>();
        while (await answer.NextChunkAsync().InTime() is { } chunk)
        {
            frames.Add(DoorFrame.Whole(chunk));
            var seen = await scripted.Host.EventsAsync(answer.RunId);
            Assert.StartsWith(DoorCalls.TextOf(frames), DoorCalls.TextOf(seen), StringComparison.Ordinal);
            if (chunk.Contains("job_id", StringComparison.Ordinal))
                Assert.Contains(seen, e => e.Type == EventTypes.Metadata);
            if (frames[^1].Name is EventTypes.Usage or EventTypes.AgentEnd or EventTypes.Done or EventTypes.Error)
                Assert.Contains(seen, e => e.Type == frames[^1].Name);
        }

        if (name == "agent-truncated")
        {
            Assert.StartsWith("upstream_truncated: ", frames[^1].Error(), StringComparison.Ordinal);
            frames.RemoveAt(frames.Count - 1);
        }

        // Data on several lines is joined to one, for programs that read only one line.
        var sent = DoorFrame.Parse(Encoding.UTF8.GetString(fixture.Stream))
            .ConvertAll(frame => frame with { Data = frame.Data.Replace('\n', ' ') });
        Assert.Equal(sent, frames);
        await scripted.Host.EndsOnceAsync(answer.RunId);
    }

    [Fact]
    public async Task Frame_Waits_For_The_Disk_That_Has_To_Take_Its_Event()
    {
        using var clock = new TimerClock(TimeSpan.FromSeconds(15));
        await using var scripted = await ScriptedHub.StartAsync(clock);
        scripted.Hub.Expect(Microsoft.Extensions.Logging.LogLevel.Error);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(held.Task).Body(Sse.Chunk("upon") + Sse.Done);
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
        Assert.Equal(Sse.Chunk("Once "), await answer.NextChunkAsync().InTime());

        using (new HeldDatabase(scripted.Hub.DatabasePath))
        {
            held.SetResult();
            await WaitsForTheDiskAsync(scripted);
            for (var i = 0; i < 3; i++)
                Assert.Equal(": keep-alive\n\n", await clock.PassUntilAsync(answer.NextChunkAsync()).InTime());
        }

        var chunk = await clock.PassUntilAsync(answer.NextChunkAsync()).InTime();
        while (chunk == ": keep-alive\n\n")
            chunk = await clock.PassUntilAsync(answer.NextChunkAsync()).InTime();

        Assert.Equal(Sse.Chunk("upon"), chunk);
    }

    [Fact]
    public async Task Silence_Is_Filled_With_Comments()
    {
        using var clock = new TimerClock(TimeSpan.FromSeconds(15));
        await using var scripted = await ScriptedHub.StartAsync(clock);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once")).WaitFor(silent.Task).Body(Sse.Done);
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
        Assert.Equal(Sse.Chunk("Once"), await answer.NextChunkAsync().InTime());

        for (var i = 0; i < 3; i++)
            Assert.Equal(": keep-alive\n\n", await clock.PassUntilAsync(answer.NextChunkAsync()).InTime());

        silent.SetResult();
        Assert.Equal([Sse.Done], (await answer.ChunksAsync()).Where(chunk => chunk[0] != ':'));
    }

    [Fact]
    public async Task Caller_Whose_Run_Waits_In_The_Queue_Gets_Headers_And_A_Comment_At_Once()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(goOn.Task).Body(Sse.Done);
        scripted.Upstream.Answer().Header("X-RateLimit-Remaining", "7").Body(Sse.Chunk("upon") + Sse.Done);
        await scripted.Host.StartAsync();
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        Assert.Equal(
            (200, "text/event-stream", "false"),
            (answer.Status, answer.Headers["Content-Type"], answer.Headers["x-should-retry"]));
        Assert.Equal(RunStates.Queued, (await scripted.Host.FindAsync(answer.RunId)).State);
        Assert.Equal(": queued 1\n\n", await answer.NextChunkAsync().InTime());
        goOn.SetResult();
        Assert.Equal([Sse.Chunk("upon"), Sse.Done], await answer.ChunksAsync());
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    [InlineData("refused")]
    public async Task Caller_Whose_Upstream_Is_Silent_Gets_Headers_And_Comments(string kind)
    {
        using var clock = new TimerClock(TimeSpan.FromSeconds(15));
        await using var scripted = await ScriptedHub.StartAsync(clock);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = kind == "refused" ? scripted.Upstream.Answer(429, "application/json") : scripted.Upstream.Answer(200, kind);
        upstream.WaitFor(silent.Task).Body(kind switch
        {
            "refused" => """{"detail":"Slow down"}""",
            "application/json" => """{"job_id":"j-1","outputs":[{"role":"Writer","content":"Once"}]}""",
            _ => Sse.Chunk("Once") + Sse.Done,
        });
        using var door = await scripted.OpenAsync();
        var answer = await clock.PassUntilAsync(door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed));

        Assert.Equal((200, "text/event-stream"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal(": keep-alive\n\n", await clock.PassUntilAsync(answer.NextChunkAsync()).InTime());
        silent.SetResult();
        var frames = (await answer.ChunksAsync()).Where(chunk => chunk[0] != ':').Select(DoorFrame.Whole).ToList();
        Assert.Equal(kind == "refused" ? "" : "Once", DoorCalls.TextOf(frames));
        if (kind == "refused")
            Assert.StartsWith("upstream_rejected: Slow down", frames[^1].Error(), StringComparison.Ordinal);
        else
            Assert.Equal("done", frames[^1].Name);
    }

    [Fact]
    public async Task Stream_Is_Never_Stored_Held_Back_Or_Compressed_And_Names_Its_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer()
            .Header("X-RateLimit-Remaining", "7")
            .Header("X-Internal", "x")
            .Header("Set-Cookie", "a=b")
            .Body(Sse.Chunk(new string('a', 5000)) + Sse.Done);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(
            DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed, ("Accept-Encoding", "gzip, br, deflate, zstd"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/event-stream", answer.Headers["Content-Type"]);
        Assert.Equal(
            ("no-cache", "no", "false", "7"),
            (answer.Headers["Cache-Control"],
                answer.Headers["X-Accel-Buffering"],
                answer.Headers["x-should-retry"],
                answer.Headers["X-RateLimit-Remaining"]));
        Assert.Empty(answer.Headers.Keys.Intersect(["Content-Encoding", "X-Internal", "Set-Cookie"]));
        Assert.Equal([Sse.Chunk(new string('a', 5000)), Sse.Done], await answer.ChunksAsync());
        Assert.Equal(EventTypes.Done, (await scripted.Host.FindAsync(answer.RunId)).State);
    }

    [Theory]
    [InlineData(DoorCalls.Agent, """{"task":"x","agent_config":{"streaming_on":true}}""", true)]
    [InlineData(DoorCalls.Agent, """{"task":"x","streaming_on":true}""", true)]
    [InlineData(DoorCalls.Agent, """{"task":"x","stream":true}""", true)]
    [InlineData(DoorCalls.Swarm, """{"task":"x","stream":true}""", true)]
    [InlineData(DoorCalls.Swarm, """{"task":"x","streaming_on":true}""", true)]
    [InlineData(DoorCalls.Agent, """{"task":"x","agent_config":{"streaming_on":false}}""", false)]
    [InlineData(DoorCalls.Agent, """{"task":"x","agent_config":null}""", false)]
    [InlineData(DoorCalls.Agent, """{"task":"x","stream":"true"}""", false)]
    [InlineData(DoorCalls.Agent, """{"task":"x"}""", false)]
    [InlineData(DoorCalls.Swarm, """{"task":"x","stream":false}""", false)]
    [InlineData(DoorCalls.Swarm, """{"task":"x"}""", false)]
    public async Task Body_Decides_Whether_It_Streams_And_Accept_Never(string path, string body, bool isStreamed)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            if (isStreamed)
                scripted.Upstream.Answer().Body(Sse.Chunk("Once") + Sse.Done);
            else
                scripted.Upstream.Answer(200, "application/json").Body("""{"outputs":"Once"}""");
        }

        using var door = await scripted.OpenAsync();
        foreach (var accept in new[] { "application/json", "text/event-stream", "*/*" })
        {
            var answer = await door.AskAsync(path, scripted.Host.Token!, body, ("Accept", accept));

            Assert.Equal(isStreamed ? "text/event-stream" : "application/json", answer.Headers["Content-Type"]);
            Assert.Equal(isStreamed ? Sse.Chunk("Once") + Sse.Done : """{"outputs":"Once"}""", await answer.BodyAsync());
        }

        Assert.All(
            scripted.Upstream.Requests,
            request => Assert.Equal(
                (path, isStreamed ? "text/event-stream" : "application/json"), (request.Path, request.Headers["Accept"])));
        if (isStreamed)
        {
            Assert.All(
                scripted.Upstream.Requests,
                request => Assert.True(
                    path == DoorCalls.Swarm
                        ? request.Json.GetProperty("stream").GetBoolean()
                        : request.Json.GetProperty("agent_config").GetProperty("streaming_on").GetBoolean()));
        }
        else
            Assert.All(scripted.Upstream.Requests, request => Assert.Equal(body, Encoding.UTF8.GetString(request.Body.Span)));
    }

    [Fact]
    public async Task Upstream_That_Breaks_Off_Is_Told_As_An_Error_Behind_What_Came()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scripted.Upstream.Answer().Body(Sse.Chunk("Once")).WaitFor(seen.Task).Reset();
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
        Assert.Equal(Sse.Chunk("Once"), await answer.NextChunkAsync().InTime());

        seen.SetResult();

        Assert.StartsWith(
            "upstream_truncated: ", DoorFrame.Whole(Assert.Single(await answer.ChunksAsync())).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upstream_That_Falls_Silent_For_Good_Is_Told_As_An_Error()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Upstream:IdleTimeout", "00:00:00.5"));
        scripted.AnswerAndHang(1);
        using var door = await scripted.OpenAsync();

        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);

        Assert.StartsWith("upstream_idle: ", DoorFrame.Whole((await answer.ChunksAsync())[^1]).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_That_The_Room_Cancels_Ends_Its_Callers_Stream()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var upstream = Assert.Single(scripted.AnswerAndHang(1));
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
        Assert.Equal(Sse.Chunk("Once "), await answer.NextChunkAsync().InTime());

        await scripted.Host.CancelAsync(answer.RunId);

        Assert.Equal("cancelled: The run was cancelled.", DoorFrame.Whole(Assert.Single(await answer.ChunksAsync())).Error());
        await upstream.Aborted.InTime();
    }

    [Fact]
    public async Task Hub_That_Stops_Says_So_In_The_Stream()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(1);
        using var door = await scripted.OpenAsync();
        var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
        Assert.Equal(Sse.Chunk("Once "), await answer.NextChunkAsync().InTime());

        var stopping = scripted.Hub.StopAsync();

        Assert.StartsWith("interrupted: ", DoorFrame.Whole(Assert.Single(await answer.ChunksAsync())).Error(), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task Caller_That_Hangs_Up_Leaves_The_Run_Going()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var upstream = scripted.Upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(gone.Task).Body(Sse.Chunk("upon") + Sse.Done);
        string run;
        using (var door = await scripted.OpenAsync())
        {
            var answer = await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed);
            Assert.Equal(Sse.Chunk("Once "), await answer.NextChunkAsync().InTime());
            run = answer.RunId;
        }

        // This call is served after the hang-up was handled.
        await scripted.Host.PostAsync($"{scripted.Host.Path}/messages", new { text = "He left." });
        gone.SetResult();

        Assert.Equal(EventTypes.Done, (await scripted.Host.EndsOnceAsync(run))[^1].Type);
        Assert.Equal("Once upon", (await scripted.Host.FindAsync(run)).Text);
        Assert.False(upstream.Aborted.IsCompleted);
    }

    private static Task WaitsForTheDiskAsync(ScriptedHub scripted) =>
        Until.TrueAsync(() => scripted.Hub.Get<CommitQueue>().PendingEvents > 0);
}
