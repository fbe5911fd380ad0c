using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream.Simulator;

public sealed class SimulatorHandlerTests
{
    private const string Agent =
        """{"agent_config": {"agent_name": "Poet"}, "task": "Write a short story about a robot that learns to paint.","""
        + """ "simulation": {"chunksPerSecond": 0}}""";

    [Fact]
    public async Task Agent_Is_Answered_In_Todays_Form_Of_The_Swarms_Api()
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(Agent);
        Assert.True(response.IsEventStream);
        var frames = await response.Frames();

        Assert.Equal([null, "start"], frames.Take(2).Select(frame => frame.Raw!.Name));
        Assert.Equal(["usage", "end", "done"], frames.TakeLast(3).Select(frame => frame.Raw!.Name));
        Assert.All(frames.Skip(2).SkipLast(3), frame => Assert.Equal("chunk", frame.Raw!.Name));
        Assert.Equal(
            ["metadata", "start", "chunk", "usage", "done"], frames.Select(frame => frame.Event?.Type).OfType<string>().Distinct());
        Assert.All(frames, frame => Assert.True(Ascii.IsValid(frame.Raw!.Data), frame.Raw!.Data));
        Assert.Matches("\"timestamp\": \"[^\"]+\\+00:00\", \"stream\": true, \"type\": \"metadata\"}$", frames[0].Raw!.Data);
        Assert.Equal("Poet", Data(frames[0]).GetProperty("name").GetString());
        Assert.StartsWith("agent-", Data(frames[0]).GetProperty("jobId").GetString(), StringComparison.Ordinal);

        var usage = Data(frames[^3]);
        Assert.Equal(
            usage.GetProperty("totalTokens").GetInt32(),
            usage.GetProperty("inputTokens").GetInt32() + usage.GetProperty("outputTokens").GetInt32());
        Assert.InRange(usage.GetProperty("cost").GetDecimal(), 0.000001m, 1m);
    }

    [Fact]
    public async Task Text_Is_Visibly_A_Simulation_And_Depends_On_Task_And_Agent()
    {
        var text = await TextOf(Agent);
        Assert.StartsWith(
            "> This is a simulation: no upstream key is set. Asked: “Write a short story about a robot that learns to paint.”",
            text,
            StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.Contains("simulation", StringComparison.Ordinal));
        Assert.Equal(text, await TextOf(Agent));
        Assert.NotEqual(text, await TextOf(Agent.Replace("Poet", "Bard", StringComparison.Ordinal)));
        Assert.DoesNotContain("Poet", text, StringComparison.Ordinal);
        Assert.NotEqual(text[200..], (await TextOf(Agent.Replace("robot", "rebel", StringComparison.Ordinal)))[200..]);
        Assert.NotEqual(
            text,
            await TextOf(Agent.Replace("{\"chunksPerSecond\": 0}", "{\"chunksPerSecond\": 0, \"seed\": 7}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Text_Is_Markdown_About_The_Task()
    {
        var lines = (await TextOf(Agent)).Split('\n');

        Assert.Contains("# Write a short story about a robot that learns to paint", lines);
        Assert.Contains(lines, line => line.StartsWith("- **", StringComparison.Ordinal));
        Assert.Contains("| --- | --- | --- | ---: |", lines);
        Assert.Equal(2, lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith('|') && line.Contains("learns", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("# *Bold* | `code` <b>x</b>\n\n---", "# Bold code b x b")]
    [InlineData("!!!", "# A simulated answer")]
    public async Task Task_Cannot_Change_The_Form_Of_The_Answer(string task, string heading)
    {
        const string Written = "\"Write a short story about a robot that learns to paint.\"";
        var lines = (await TextOf(Agent.Replace(Written, JsonSerializer.Serialize(task), StringComparison.Ordinal))).Split('\n');

        Assert.Contains(heading, lines);
        Assert.Equal(5, lines.Count(line => line.StartsWith('|')));
    }

    [Theory]
    [InlineData(RunKinds.Agent, 20)]
    [InlineData(RunKinds.Agent, 1)]
    [InlineData(RunKinds.Swarm, 20)]
    public async Task Most_Tokens_Are_Obeyed_And_The_Text_Ends_There(string kind, int maxTokens)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var agent = JsonSerializer.Serialize(new { agent_name = "Poet", max_tokens = maxTokens });
        var body = $$$"""
            {"agent_config": {{{agent}}}, "agents": [{{{agent}}}], "task": "Paint", "simulation": {"chunksPerSecond": 0}}
            """;
        await using var response = await client.SendAsync(body, kind);
        var frames = await response.Frames();

        var usage = Data(frames.Single(frame => frame.Event?.Type == "usage"));
        Assert.InRange(usage.GetProperty("outputTokens").GetInt32(), 0, maxTokens);
        Assert.InRange(frames.Text().Length, maxTokens, 4 * maxTokens);
        Assert.Equal("done", frames[^1].Event!.Type);
    }

    [Fact]
    public async Task Swarm_Says_Once_That_It_Is_A_Simulation()
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(
            """{"agents": [{"agent_name": "A"}, {"agent_name": "B"}], "task": "Paint", "simulation": {"chunksPerSecond": 0}}""",
            RunKinds.Swarm);

        Assert.Equal(2, (await response.Frames()).Text().Split("This is a simulation").Length);
    }

    [Theory]
    [InlineData(
        "AgentRearrange", "start Bull|start Bear|chunk Bull|chunk Bear|chunk Bull|chunk Bear|chunk Bull|end Bull|chunk Bear|end Bear")]
    [InlineData(
        "SequentialWorkflow", "start Bull|chunk Bull|chunk Bull|chunk Bull|end Bull|start Bear|chunk Bear|chunk Bear|chunk Bear|end Bear")]
    public async Task Swarm_Speaks_Side_By_Side_Or_In_Turn(string swarmType, string expected)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var body =
            $$$"""{"name": "Desk", "swarm_type": "{{{swarmType}}}", "agents": [{"agent_name": "Bull"}, {"agent_name": "Bear"}],"""
            + """ "simulation": {"chunksPerSecond": 0, "chunks": 6}}""";
        await using var response = await client.SendAsync(body, RunKinds.Swarm);
        var frames = await response.Frames();
        Assert.Equal(["metadata", "start"], frames.Take(2).Select(frame => frame.Raw!.Name));
        Assert.Equal("Desk", Data(frames[0]).GetProperty("name").GetString());
        Assert.Equal(["usage", "end", "done"], frames.TakeLast(3).Select(frame => frame.Raw!.Name));

        var told = frames.Skip(2).SkipLast(3).Select(
            frame => $"{frame.Raw!.Name!.Replace("agent_", "", StringComparison.Ordinal)} {Data(frame).GetProperty("agent").GetString()}");
        // Agents that speak side by side start with their first chunk.
        var order = swarmType == "AgentRearrange"
            ? expected.Replace("start Bull|start Bear|chunk Bull|", "start Bull|chunk Bull|start Bear|", StringComparison.Ordinal)
            : expected;
        Assert.Equal(order.Split('|'), told);
    }

    [Theory]
    [InlineData(RunKinds.Agent)]
    [InlineData(RunKinds.Swarm)]
    public async Task Json_Says_What_The_Stream_Says(string kind)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(Agent, kind, isStreamed: false);
        Assert.False(response.IsEventStream);
        var frames = await response.Frames();
        Assert.Equal(["metadata", "chunk", "usage", "done"], frames.Select(frame => frame.Event!.Type));
        await using var streamed = await client.SendAsync(Agent, kind);
        var stream = await streamed.Frames();
        Assert.Equal(stream.Text(), frames.Text());
        Assert.Equal(Usage(stream), Usage(frames));
    }

    [Fact]
    public async Task Length_Is_As_Asked_To_The_Byte()
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync("""{"simulation": {"chunksPerSecond": 0, "chunks": 1000, "chunkBytes": 37}}""");
        var chunks = (await response.Frames()).Where(frame => frame.Event?.Type == "chunk").ToList();
        Assert.Equal(1000, chunks.Count);
        Assert.All(chunks, chunk => Assert.Equal(37, Encoding.UTF8.GetByteCount(chunk.Event!.Text!)));
    }

    [Theory]
    [InlineData("One two  three\n\n- four", 4)]
    [InlineData("x", 1)]
    [InlineData(" é🦊 ", 2)]
    public async Task Given_Text_Is_Said_To_The_Letter(string text, int chunks)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var simulation = JsonSerializer.Serialize(new { chunksPerSecond = 0, text });
        await using var response = await client.SendAsync($$"""{"simulation": {{simulation}} }""");
        var said = (await response.Frames()).Where(frame => frame.Event?.Type == "chunk").Select(frame => frame.Event!.Text!).ToList();
        Assert.Equal(text, string.Concat(said));
        Assert.InRange(said.Count, 1, chunks + 1);
    }

    [Fact]
    public async Task Pace_Is_Kept_On_An_Absolute_Clock()
    {
        var time = new FakeTimeProvider();
        await using var client = new ClientUnderTest(baseAddress: null, time);
        await using var response = await client.SendAsync(
            """{"simulation": {"chunksPerSecond": 5000, "chunks": 10000, "firstChunkAfterMs": 500}}""");
        using var cancellation = new CancellationTokenSource();
        await using var frames = response.ReadFramesAsync(cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        var next = frames.MoveNextAsync();
        Assert.Equal(0, CountChunks());
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, CountChunks());
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, CountChunks());
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(50, CountChunks());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5000, CountChunks());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.InTime());

        // Reads all due frames; only the clock is waited for, so each read completes at once.
        int CountChunks()
        {
            var count = 0;
            for (; next.IsCompletedSuccessfully; next = frames.MoveNextAsync())
            {
                if (frames.Current.Event?.Type == "chunk")
                    count++;
            }

            return count;
        }
    }

    [Fact]
    public void Pace_Is_Natural_Unless_It_Is_Set()
    {
        var settings = SimulationSettings.TryRead(null, out _)!;
        var request = new SimulatedRequest(RunKinds.Agent, "Poet", "", ["Poet"], "Paint", IsStreamed: true, settings);
        var due = SimulatedSpeech.Of(request).Select(chunk => chunk.At).ToList();
        Assert.InRange(due.Count, 60, 300);
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalMilliseconds, 25, 40));
    }

    [Fact]
    public async Task Refusal_Is_Made_As_Asked()
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var refused = await client.RefusalAsync(
            """{"simulation": {"fault": "refuse", "status": 429, "detail": "Too many", "retryAfter": 9}}""");
        Assert.Equal(("upstream_rejected", "Too many. Retry after 9 seconds."), (refused.Code, refused.Message));
        Assert.Equal(429, refused.Refusal!.Status);
        Assert.Equal("{\"detail\":\"Too many\"}", Encoding.UTF8.GetString(refused.Refusal.Body.Span));
        Assert.Equal("upstream_error", (await client.RefusalAsync("""{"simulation": {"fault": "refuse"}}""")).Code);
    }

    [Theory]
    [InlineData("error", "upstream_error", 3)]
    [InlineData("cut", "upstream_truncated", 3)]
    [InlineData("garbage", "upstream_truncated", 3)]
    [InlineData("error", "upstream_error", 0)]
    [InlineData("cut", "upstream_truncated", 99)]
    public async Task Fault_Comes_After_As_Many_Chunks_As_Asked(string fault, string code, int after)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(
            $$$"""{"simulation": {"chunksPerSecond": 0, "chunks": 10, "fault": "{{{fault}}}", "faultAfterChunks": {{{after}}}}}""");
        var frames = await response.Frames();
        Assert.Equal(Math.Min(after, 10), frames.Count(frame => frame.Event?.Type == "chunk"));
        Assert.DoesNotContain(frames, frame => frame.Event?.Type is "usage" or "done");
        Assert.Equal(code, Data(frames[^1]).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Silence_Lasts_Until_The_Idle_Timeout()
    {
        var time = new FakeTimeProvider();
        await using var client = new ClientUnderTest(baseAddress: null, time);
        await using var response = await client.SendAsync("""{"simulation": {"chunksPerSecond": 0, "chunks": 4, "fault": "silence"}}""");
        var reading = response.Frames();
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var frames = await reading;
        Assert.Equal(2, frames.Count(frame => frame.Event?.Type == "chunk"));
        Assert.Equal("upstream_idle", Data(frames[^1]).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_Ends_A_Silent_Simulation_At_Once(bool isStreamed)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        using var cancellation = new CancellationTokenSource();
        const string Body = """{"simulation": {"fault": "silence", "faultAfterChunks": 0}}""";
        var started = Stopwatch.GetTimestamp();
        var run = Task.Run(
            async () =>
            {
                await using var response = await client.SendAsync(Body, isStreamed: isStreamed, cancellationToken: cancellation.Token);
                await response.ReadFramesAsync(cancellation.Token).ToListAsync(cancellation.Token);
            },
            TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.InTime());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("error", "upstream_error")]
    [InlineData("cut", "upstream_truncated")]
    [InlineData("garbage", "upstream_error")]
    [InlineData("refuse", "upstream_error")]
    public async Task Fault_Also_Befalls_An_Answer_In_Json(string fault, string code)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var refused = await client.RefusalAsync($$$"""{"simulation": {"chunksPerSecond": 0, "fault": "{{{fault}}}"}}""", isStreamed: false);
        Assert.Equal(code, refused.Code);
    }

    [Theory]
    [InlineData("5", "simulation must be an object.")]
    [InlineData("{\"chunksPerSecond\": -1}", "simulation.chunksPerSecond must be 0 (no pause) or a number from 0.001 to 1000000.")]
    [InlineData("{\"chunksPerSecond\": \"5\"}", "simulation.chunksPerSecond must be 0 (no pause) or a number from 0.001 to 1000000.")]
    [InlineData("{\"chunks\": 1.5}", "simulation.chunks must be an integer from 0 to 10000000.")]
    [InlineData("{\"chunkBytes\": 0}", "simulation.chunkBytes must be an integer from 1 to 16777216.")]
    [InlineData("{\"fault\": \"explode\"}", "simulation.fault must be refuse, error, cut, silence or garbage.")]
    [InlineData("{\"text\": \"\"}", "simulation.text must be a string that is not empty.")]
    [InlineData("{\"status\": 200}", "simulation.status must be an integer from 400 to 599.")]
    [InlineData("{\"pace\": 1}", "simulation.pace is not known.")]
    public async Task Setting_That_Does_Not_Fit_Is_Refused(string simulation, string message)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        var refused = await client.RefusalAsync($$"""{"simulation": {{simulation}}}""");
        Assert.Equal(("upstream_rejected", message, 400), (refused.Code, refused.Message, refused.Refusal!.Status));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"task\": \"\\\"é🦊\\\\\", \"simulation\": {\"chunksPerSecond\": 0}}")]
    [InlineData("null")]
    [InlineData("{\"task\": 5, \"agent_config\": 7, \"simulation\": {\"chunks\": 0}}")]
    [InlineData("{\"task\": \"\\ud83e\", \"agent_config\": {\"agent_name\": \"\\ud83e\"}, \"simulation\": {\"chunksPerSecond\": 0}}")]
    public async Task Odd_Request_Is_Answered_Or_Refused_But_Never_Fails_The_Hub(string body)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        try
        {
            await using var response = await client.SendAsync(body);
            Assert.True(response.Status is 200);
        }
        catch (UpstreamException refused)
        {
            Assert.Equal("upstream_rejected", refused.Code);
        }
    }

    private static async Task<string> TextOf(string body)
    {
        await using var client = new ClientUnderTest(baseAddress: null);
        await using var response = await client.SendAsync(body);
        return (await response.Frames()).Text();
    }

    private static string Usage(List<UpstreamFrame> frames) =>
        Assert.Single(frames.Shown(), shown => shown.StartsWith("usage", StringComparison.Ordinal));

    private static JsonElement Data(UpstreamFrame frame) => JsonElement.Parse(frame.Event!.Data.Span);
}
