using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The starts that are refused, and the attempts to go on from a run that did not finish.</summary>
public sealed class RunThreadsTests
{
    [Fact]
    public async Task Start_That_Names_No_Run_Of_The_Room_Or_One_That_Cannot_Go_On_Is_Refused_And_Appends_Nothing()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var other = await scripted.Hub.CreateRoomAsync("Other");
        await other.AddWriterAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var (removed, _) = await scripted.TellAsync(new { agent = "writer", task = "gone" }, "1");
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{removed.Id}")).Status);
        var message = await scripted.Host.SayAsync("said");
        var gone = await scripted.Host.SayAsync("unsaid");
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/messages/{gone}")).Status);
        scripted.AnswerAndHang(1);
        var running = await scripted.Host.StartAgentAsync();
        await scripted.Host.SeenAsync(EventTypes.Chunk, running.Id);
        var before = (await scripted.Host.EventsAsync()).Count;
        var many = Enumerable.Range(1, 101).ToArray();
        long[] nought = [0], ahead = [1_000_000];

        (object Start, int Status, string Code)[] table =
        [
            (new { task = "x", continues = "nobody" }, 404, ErrorCodes.NotFound),
            (new { task = "x", continues = "" }, 404, ErrorCodes.NotFound),
            (new { task = "x", continues = removed.Id }, 409, ErrorCodes.Conflict),
            (new { supersedes = removed.Id }, 409, ErrorCodes.Conflict),
            (new { task = "x", continues = running.Id }, 409, ErrorCodes.Conflict),
            (new { supersedes = running.Id }, 409, ErrorCodes.Conflict),
            (new { task = "x", continues = first.Id, supersedes = first.Id }, 400, ErrorCodes.Invalid),
            (new { continues = first.Id }, 400, ErrorCodes.Invalid),
            (new { agent = "nobody", task = "x", continues = first.Id }, 404, ErrorCodes.NotFound),
            (new { task = "x", continues = 7 }, 400, ErrorCodes.Invalid),
            (new { task = "x", include = new { since = 1 } }, 400, ErrorCodes.Invalid),
            (Including(new { }), 400, ErrorCodes.Invalid),
            (Including(new { messages = Array.Empty<long>() }), 400, ErrorCodes.Invalid),
            (Including(new { since = 1, messages = new[] { message } }), 400, ErrorCodes.Invalid),
            (Including(new { since = -1 }), 400, ErrorCodes.Invalid),
            (Including(new { messages = new[] { -message } }), 400, ErrorCodes.Invalid),
            (Including(new { messages = nought }), 400, ErrorCodes.Invalid),
            (Including(new { messages = many }), 413, ErrorCodes.TooLarge),
            (Including(new { messages = new[] { message, 1 } }), 404, ErrorCodes.NotFound),
            (Including(new { messages = ahead }), 404, ErrorCodes.NotFound),
            (Including(new { messages = new[] { message, gone } }), 409, ErrorCodes.Conflict),
            (new { request = new { task = "x", history = Array.Empty<object>() }, continues = first.Id }, 400, ErrorCodes.Invalid),
            (new { request = RunCalls.Story, task = "x", continues = first.Id }, 400, ErrorCodes.Invalid),
        ];
        await using var caller = await HubCaller.ConnectAsync(scripted.Host);
        foreach (var (start, status, code) in table)
        {
            (await scripted.Host.TryGoOnAsync(start)).IsProblem(status, code);
            await caller.IsRefusedAsync(code, "StartRun", scripted.Host.Room, start);
        }

        (await other.TryGoOnAsync(new { task = "x", continues = first.Id })).IsProblem(404, ErrorCodes.NotFound);
        Assert.Equal(before, (await scripted.Host.EventsAsync()).Count);

        object Including(object include) => new { task = "x", continues = first.Id, include };
    }

    [Fact]
    public async Task Run_Of_A_Request_Of_Ones_Own_Is_Continued_By_A_Named_Agent_Or_By_Another_Request()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { request = RunCalls.Story }, "1");

        (await scripted.Host.TryGoOnAsync(new { task = "x", continues = first.Id })).IsProblem(400, ErrorCodes.Invalid);
        (await scripted.Host.TryGoOnAsync(new { supersedes = first.Id })).IsProblem(400, ErrorCodes.Invalid);
        var (_, byAgent) = await scripted.TellAsync(new { agent = "writer", task = "x", continues = first.Id }, "2");
        var (_, byRequest) = await scripted.TellAsync(new { request = RunCalls.Story, continues = first.Id }, "3");

        string[] history = ["user: Tell a story", "assistant: 1"];
        Assert.Equal(history, byAgent.History());
        Assert.Equal(history, byRequest.History());
    }

    [Fact]
    public async Task Hidden_Agent_Of_A_Blind_Group_Is_Not_Taken_By_A_Run_That_Names_None()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var blind = await scripted.PutAsync(new RunQueuedPayload(RunKinds.Agent, new RunAgent(null, null), "one", null, 0)
        {
            Group = new GroupPlace("group", 1),
        });

        var refused = await scripted.Host.TryGoOnAsync(new { task = "x", continues = blind.Id });

        refused.IsProblem(400, ErrorCodes.Invalid);
        Assert.Contains("Name an agent, or wait until a host reveals its group.", refused.Text, StringComparison.Ordinal);
        await scripted.TellAsync(new { agent = "writer", task = "x", continues = blind.Id }, "2");
    }

    [Theory]
    [InlineData(999, 202)]
    [InlineData(1_000, 413)]
    public async Task Thread_Has_At_Most_A_Thousand_Turns(int turn, int status)
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var deep = await scripted.PutAsync(new RunQueuedPayload(RunKinds.Agent, new RunAgent("W", "m") { Id = "writer" }, "one", null, 0)
        {
            Thread = new RunThread("root", turn) { Continues = "lost" },
        });
        scripted.AnswerAndHang(2);

        Assert.Equal(status, (await scripted.Host.TryGoOnAsync(new { task = "x", continues = deep.Id })).Status);
        Assert.Equal(202, (await scripted.Host.TryGoOnAsync(new { supersedes = deep.Id })).Status);
        await scripted.Host.SeenAsync(EventTypes.RunStarted, (await scripted.Host.ListAsync("thread=root"))[0]);
    }

    [Fact]
    public async Task Attempts_Count_In_A_Row_And_Beside_Each_Other_Up_To_The_Cap()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxAttempts", "3"));
        var first = await scripted.FailAsync(new { agent = "writer", task = "one" }, "half a");
        var (beside, sent) = await scripted.TellAsync(new { task = "on", continues = first.Id }, "story");
        var second = await scripted.FailAsync(new { task = "on", continues = first.Id });
        var third = await scripted.FailAsync(new { task = "on", continues = second.Id });

        Assert.Equal(["user: one", "assistant: half a"], sent.History());
        Assert.Equal((1, 2, 3), (beside.Thread!.Attempt, second.Thread!.Attempt, third.Thread!.Attempt));
        // In a row there is none left, beside the second there is none left either, and beside the first there is one.
        (await scripted.Host.TryGoOnAsync(new { task = "on", continues = third.Id })).IsProblem(413, ErrorCodes.TooLarge);
        (await scripted.Host.TryGoOnAsync(new { task = "on", continues = second.Id })).IsProblem(413, ErrorCodes.TooLarge);
        var (last, _) = await scripted.TellAsync(new { task = "on", continues = first.Id }, "end");
        Assert.Equal(3, last.Thread!.Attempt);
        (await scripted.Host.TryGoOnAsync(new { supersedes = last.Id })).IsProblem(413, ErrorCodes.TooLarge);
        // A turn that finished is continued as often as anybody likes.
        var (after, _) = await scripted.TellAsync(new { task = "on", continues = last.Id }, "more");
        Assert.Null(after.Thread!.Attempt);
    }

    [Fact]
    public async Task Starts_At_One_Moment_Do_Not_Share_The_Last_Attempt()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxAttempts", "2"));
        var first = await scripted.FailAsync(new { agent = "writer", task = "one" });
        scripted.AnswerAndHang(2);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => scripted.Host.TryGoOnAsync(new { task = "on", continues = first.Id })));

        var started = answers.Where(answer => answer.Status == 202).Select(RunCalls.Started).ToList();
        Assert.Equal([1, 2], started.Select(run => run.Thread!.Attempt!.Value).Order());
        Assert.All(answers.Where(answer => answer.Status != 202), answer => answer.IsProblem(413, ErrorCodes.TooLarge));
        foreach (var run in started)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run.Id);
    }

    [Fact]
    public async Task Attempts_Of_A_Run_That_The_Room_Has_Dropped_Are_Counted_In_The_Store()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxAttempts", "2"));
        var first = await scripted.FailAsync(new { agent = "writer", task = "one" }, "half");
        await scripted.TellAsync(new { task = "on", continues = first.Id }, "1");
        for (var i = 0; i < RoomState.MaxEndedRuns; i++)
            await scripted.PutAsync(new RunQueuedPayload(RunKinds.Agent, new RunAgent("W", "m"), "other", null, 0));

        Assert.DoesNotContain(first.Id, (await scripted.Host.GetAsync(scripted.Host.Path)).Text, StringComparison.Ordinal);
        var (second, sent) = await scripted.TellAsync(new { task = "on", continues = first.Id }, "2");

        Assert.Equal(["user: one", "assistant: half"], sent.History());
        Assert.Equal(2, second.Thread!.Attempt);
        (await scripted.Host.TryGoOnAsync(new { task = "on", continues = first.Id })).IsProblem(413, ErrorCodes.TooLarge);
    }

    [Fact]
    public async Task Repeated_Start_Finds_Its_Run_Also_After_The_Superseded_One_Was_Removed_And_Other_Fields_Are_Another_Request()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var start = new { supersedes = first.Id, idempotencyKey = "k" };
        var (retry, _) = await scripted.TellAsync(start, "1b");
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{first.Id}")).Status);

        Assert.Equal(retry.Id, RunCalls.Started(await scripted.Host.TryGoOnAsync(start)).Id);
        object[] others =
        [
            new { agent = "writer", task = "one", idempotencyKey = "k" },
            new { agent = "writer", task = "one", continues = retry.Id, idempotencyKey = "k" },
            new { supersedes = first.Id, include = new { since = 1 }, idempotencyKey = "k" },
            new { request = RunCalls.Story, continues = retry.Id, idempotencyKey = "k" },
        ];
        foreach (var other in others)
            (await scripted.Host.TryGoOnAsync(other)).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public void Hash_Without_The_Fields_Is_That_Of_Earlier_Versions()
    {
        var start = AgentStart.Read("writer", "one", RunKinds.Agent, hasRequest: false, null)!;

        Assert.Equal(new AgentStart("writer", "one", null).Hash(), start.Hash());
        Assert.NotEqual(start.Hash(), (start with { Thread = new ThreadStart("a", null, null) }).Hash());
        var retry = start with { Thread = new ThreadStart(null, "a", null) };
        Assert.NotEqual(retry.Hash(), (start with { Thread = new ThreadStart("a", null, null) }).Hash());
    }
}
