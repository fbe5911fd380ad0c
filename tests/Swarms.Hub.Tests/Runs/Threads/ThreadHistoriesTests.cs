using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;

namespace Swarms.Hub.Runs;

/// <summary>The history that an upstream gets, byte for byte, and the figures of it that the room has.</summary>
public sealed class ThreadHistoriesTests
{
    [Fact]
    public async Task Run_That_Continues_Another_Gets_Its_Task_And_Text_As_History_And_Nothing_Else_Of_The_Request_Changes()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, alone) = await scripted.TellAsync(new { agent = "writer", task = "Begin \"it\" 🤖" }, "Once\nupon");

        var (second, sent) = await scripted.TellAsync(new { task = "Begin \"it\" 🤖", continues = first.Id }, "a time");

        Assert.DoesNotContain("history", alone.Text(), StringComparison.Ordinal);
        // JSON may escape a letter beyond the first plane; the request's own task is escaped in the same way.
        var history = """{"history":[{"role":"user","content":"Begin \"it\" \uD83E\uDD16"},{"role":"assistant","content":"Once\nupon"}],""";
        Assert.Equal($"{history}{alone.Text()[1..]}", sent.Text());
        Assert.Equal(new RunThread(first.Id, 2) { Continues = first.Id }, second.Thread);
        Assert.Equal(new RunHistory(1, 0, 0, 0, 24), second.History);
        Assert.Equal(("writer", null), (second.Agent.Id, first.Thread));
    }

    [Fact]
    public async Task Fork_At_An_Earlier_Turn_Gets_That_Turns_History_And_No_Sibling()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var (second, _) = await scripted.TellAsync(new { task = "two", continues = first.Id }, "2");
        await scripted.TellAsync(new { task = "three", continues = second.Id }, "3");

        var (fork, sent) = await scripted.TellAsync(new { task = "other", continues = first.Id }, "4");

        Assert.Equal(["user: one", "assistant: 1"], sent.History());
        Assert.Equal(new RunThread(first.Id, 2) { Continues = first.Id }, fork.Thread);
    }

    [Fact]
    public async Task Retry_Takes_The_Task_Of_The_Superseded_Run_And_Continues_The_Same_Run()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var (second, _) = await scripted.TellAsync(new { task = "two", continues = first.Id }, "2");

        var (retry, sent) = await scripted.TellAsync(new { supersedes = second.Id }, "2b");
        var (edited, again) = await scripted.TellAsync(new { task = "two!", supersedes = retry.Id }, "2c");

        Assert.Equal(["user: one", "assistant: 1"], sent.History());
        Assert.Equal(("two", "two!"), (retry.Task, edited.Task));
        Assert.Equal(sent.History(), again.History());
        Assert.Equal(new RunThread(first.Id, 2) { Continues = first.Id, Supersedes = second.Id }, retry.Thread);
        Assert.Equal(new RunThread(first.Id, 2) { Continues = first.Id, Supersedes = retry.Id }, edited.Thread);
        var ids = new[] { edited.Id, retry.Id, second.Id, first.Id };
        Assert.Equal(ids, await scripted.Host.ListAsync($"thread={first.Id}"));
        Assert.Equal([retry.Id, second.Id], await scripted.Host.ListAsync($"thread={first.Id}&before={edited.Id}&limit=2"));
        Assert.Equal([edited.Id], await scripted.Host.ListAsync($"thread={first.Id}&q=two%21"));
        Assert.Empty(await scripted.Host.ListAsync("thread=nobody"));
    }

    [Fact]
    public async Task Retry_Of_A_First_Turn_Has_No_History_And_Is_Of_Its_Thread()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, alone) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");

        var (retry, sent) = await scripted.TellAsync(new { supersedes = first.Id }, "1b");

        Assert.Equal(alone.Text(), sent.Text());
        Assert.Equal((new RunThread(first.Id, 1) { Supersedes = first.Id }, null), (retry.Thread, retry.History));
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(3, 3, 0)]
    public async Task History_Has_The_Newest_Turns_Within_The_Limit_And_Counts_The_Others(int limit, int turns, int omitted)
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxTurns", $"{limit}"));
        var (last, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        foreach (var task in new[] { "two", "three" })
            (last, _) = await scripted.TellAsync(new { task, continues = last.Id }, task[..1]);

        var (run, sent) = await scripted.TellAsync(new { task = "four", continues = last.Id }, "4");

        Assert.Equal((turns, omitted), (run.History!.Turns, run.History.OmittedTurns));
        string[] all = ["user: one", "assistant: 1", "user: two", "assistant: t", "user: three", "assistant: t"];
        Assert.Equal(all[^(2 * turns)..], sent.History());
    }

    [Theory]
    [InlineData(1_024, 2, 0)]
    [InlineData(1_025, 1, 1)]
    public async Task History_Of_Exactly_The_Limit_Of_Bytes_Is_Sent_And_One_Byte_More_Leaves_A_Turn_Out(int bytes, int turns, int omitted)
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxBytes", "1024"));
        // A euro has three bytes, and one UTF-16 unit.
        var text = new string('€', 100);
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = new string('x', bytes - 600 - 3) }, text);
        var (second, _) = await scripted.TellAsync(new { task = "two", continues = first.Id }, text);

        var (run, _) = await scripted.TellAsync(new { task = "three", continues = second.Id }, "3");

        Assert.Equal(new RunHistory(turns, omitted, 0, 0, turns == 2 ? 1_024 : 303), run.History);
    }

    [Fact]
    public async Task Run_To_Continue_That_Is_Longer_Than_The_Limit_By_Itself_Is_Too_Large()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxBytes", "1024"));
        var (fits, _) = await scripted.TellAsync(new { agent = "writer", task = "x" }, new string('€', 341));
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "xy" }, new string('€', 341));

        var refused = await scripted.Host.TryGoOnAsync(new { task = "on", continues = first.Id });

        refused.IsProblem(413, ErrorCodes.TooLarge);
        Assert.Contains("1025 bytes", refused.Text, StringComparison.Ordinal);
        await scripted.TellAsync(new { task = "on", continues = fits.Id }, "ok");
    }

    [Fact]
    public async Task Removed_Turn_In_The_Middle_Is_Left_Out_And_Counted_And_Its_Text_Is_Nowhere()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var (second, _) = await scripted.TellAsync(new { task = "secret task", continues = first.Id }, "secret text");
        var (third, _) = await scripted.TellAsync(new { task = "three", continues = second.Id }, "3");
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{second.Id}")).Status);

        var (run, sent) = await scripted.TellAsync(new { task = "four", continues = third.Id }, "4");

        Assert.Equal(["user: one", "assistant: 1", "user: three", "assistant: 3"], sent.History());
        Assert.Equal(new RunHistory(2, 1, 0, 0, 10), run.History);
        Assert.DoesNotContain("secret", sent.Text(), StringComparison.Ordinal);
        Assert.Equal(second.Thread, (await scripted.Host.FindAsync(second.Id)).Thread);
    }

    [Fact]
    public async Task Messages_Go_Along_Behind_The_Turns_As_They_Stand_And_What_Was_Removed_While_It_Waited_Does_Not()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Runs:MaxParallelPerRoom", "1"));
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        await scripted.Host.SayAsync("before");
        var since = await scripted.Host.SayAsync("kept");
        var edited = await scripted.Host.SayAsync("to edit");
        var removed = await scripted.Host.SayAsync("secret message");
        var hold = new TaskCompletionSource();
        scripted.Upstream.Answer().Body(Sse.Chunk("wait")).WaitFor(hold.Task).Body(Sse.Done);
        await scripted.Host.StartAgentAsync(task: "wait");
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("2") + Sse.Done);
        var queued = RunCalls.Started(
            await scripted.Host.TryGoOnAsync(new { task = "two", continues = first.Id, include = new { since } }));
        Assert.Equal((1, new MessageInclusion(since)), (queued.Position, queued.Thread!.Include));

        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/messages/{removed}")).Status);
        Assert.Equal(204, (await scripted.Host.PatchAsync($"{scripted.Host.Path}/messages/{edited}", new { text = "edited" })).Status);
        await scripted.Host.SayAsync("later");
        hold.SetResult();

        var sent = await answer.Requested;
        var name = scripted.Host.Admission.Member.Name;
        Assert.Equal(
            ["user: one", "assistant: 1", $"user: {name}: kept", $"user: {name}: edited", $"user: {name}: later"], sent.History());
        Assert.DoesNotContain("secret", sent.Text(), StringComparison.Ordinal);
        var run = await scripted.Host.EndedAsync(queued.Id);
        Assert.Equal((3, 1), (run.History!.Messages, run.History.OmittedMessages));
        var started = (await scripted.Host.EventsAsync(run.Id)).Single(e => e.Type == EventTypes.RunStarted);
        Assert.Equal(3, started.Data.GetProperty("history").GetProperty("messages").GetInt32());
    }

    [Fact]
    public async Task Message_Alone_Goes_Along_And_Makes_The_Run_The_First_Of_A_Thread()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var one = await scripted.Host.SayAsync("one");
        await scripted.Host.SayAsync("two");

        var (run, sent) = await scripted.TellAsync(
            new { agent = "writer", task = "go", include = new { messages = new[] { one, one } } }, "1");

        Assert.Equal([$"user: {scripted.Host.Admission.Member.Name}: one"], sent.History());
        Assert.Equal((run.Id, 1), (run.Thread!.Root, run.Thread.Turn));
        Assert.Equal([one], run.Thread.Include!.Messages!);
        Assert.Equal([run.Id], await scripted.Host.ListAsync($"thread={run.Id}"));
    }

    [Fact]
    public async Task Of_More_Messages_Than_Go_Along_The_Newest_Do()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Access:MaxActionsPerMinute", "10000"));
        var first = 0L;
        for (var i = 0; i < IncludedMessages.MaxMessages + 1; i++)
        {
            var said = await scripted.Host.SayAsync($"m{i}");
            first = first == 0 ? said : first;
        }

        var (run, sent) = await scripted.TellAsync(new { agent = "writer", task = "go", include = new { since = first } }, "1");

        Assert.Equal((200, 1), (run.History!.Messages, run.History.OmittedMessages));
        Assert.EndsWith(": m1", sent.History()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swarm_Gets_The_History_As_Messages()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        var request = new { name = "Team", task = "two", agents = new[] { new { agent_name = "A" } }, messages = (object?)null };

        var (run, sent) = await scripted.TellAsync(new { kind = "swarm", request, continues = first.Id }, "2");

        Assert.Equal(["user: one", "assistant: 1"], sent.History("messages"));
        Assert.Equal(1, run.History!.Turns);
        (await scripted.Host.TryGoOnAsync(new { kind = "swarm", request = new { task = "x", messages = "mine" }, continues = first.Id }))
            .IsProblem(400, ErrorCodes.Invalid);
    }

    [Fact]
    public async Task Turn_That_A_Mention_Started_Has_The_Messages_Text_And_A_Retry_Of_It_Refers_To_The_Message()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("1") + Sse.Done);
        var message = await scripted.Host.SayAsync("@writer, a story");
        var first = await scripted.Host.EndedAsync((await AgentMentionsTests.AnswerToAsync(scripted.Host, message)).Id);

        var (_, sent) = await scripted.TellAsync(new { task = "on", continues = first.Id }, "2");
        var (retry, again) = await scripted.TellAsync(new { supersedes = first.Id }, "1b");

        Assert.Equal(["user: @writer, a story", "assistant: 1"], sent.History());
        Assert.Equal("@writer, a story", again.Json.GetProperty("task").GetString());
        Assert.Equal((message, ""), (retry.Message, retry.Task));
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/messages/{message}")).Status);
        (await scripted.Host.TryGoOnAsync(new { supersedes = first.Id })).IsProblem(409, ErrorCodes.Conflict);
        var (_, last) = await scripted.TellAsync(new { task = "on", continues = first.Id }, "3");
        Assert.Equal(["assistant: 1"], last.History());
    }
}
