using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>Proposals of a moderated room keep their place in a thread, and runs go on over a restart.</summary>
public sealed class ThreadProposalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Proposal_Keeps_Its_Thread_Through_A_Restart_And_Its_Approval_With_Another_Task(bool isRestarted)
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        Assert.Equal(200, (await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { moderated = true } })).Status);
        var member = await scripted.Host.InviteAsync(MemberRoles.Viewer);
        var proposed = RunCalls.Started(await member.TryGoOnAsync(new { task = "two", continues = first.Id }));
        Assert.Equal((RunStates.Proposed, first.Id, 2), (proposed.State, proposed.Thread!.Continues, proposed.Thread.Turn));
        var host = scripted.Host;
        HubUnderTest? again = null;
        if (isRestarted)
        {
            await scripted.Hub.StopAsync();
            again = scripted.Restart(null);
            host = host.At(again.Address);
        }

        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("2") + Sse.Done);
        var approved = await host.PostAsync($"{host.Path}/runs/{proposed.Id}/approve", new { task = "two, edited" });

        Assert.Equal(200, approved.Status);
        var sent = await answer.Requested;
        Assert.Equal("two, edited", sent.Json.GetProperty("task").GetString());
        Assert.Equal(["user: one", "assistant: 1"], sent.History());
        var ended = await host.EndedAsync(proposed.Id);
        Assert.Equal((proposed.Thread, 1, "two"), (ended.Thread, ended.History?.Turns, ended.Asked?.Task));
        if (again is not null)
            await again.DisposeAsync();
    }

    [Fact]
    public async Task Declined_Proposals_Are_No_Attempts()
    {
        await using var scripted = await ThreadCalls.StartAsync(("Threads:MaxAttempts", "1"));
        var first = await scripted.FailAsync(new { agent = "writer", task = "one" });
        Assert.Equal(200, (await scripted.Host.PatchAsync(scripted.Host.Path, new { settings = new { moderated = true } })).Status);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = RunCalls.Started(await member.TryGoOnAsync(new { task = "two", continues = first.Id }));
        (await scripted.Host.TryGoOnAsync(new { task = "two", continues = first.Id })).IsProblem(413, ErrorCodes.TooLarge);

        Assert.Equal(200, (await scripted.Host.PostAsync($"{scripted.Host.Path}/runs/{proposed.Id}/decline", new { })).Status);

        var (run, _) = await scripted.TellAsync(new { task = "two", continues = first.Id }, "2");
        Assert.Equal(1, run.Thread!.Attempt);
    }

    [Fact]
    public async Task Run_That_A_Stop_Of_The_Hub_Interrupted_Is_Continued_With_Its_Partial_Text()
    {
        await using var scripted = await ThreadCalls.StartAsync();
        var (first, _) = await scripted.TellAsync(new { agent = "writer", task = "one" }, "1");
        scripted.AnswerAndHang(1);
        var open = RunCalls.Started(await scripted.Host.TryGoOnAsync(new { task = "two", continues = first.Id }));
        await scripted.Host.SeenAsync(EventTypes.Chunk, open.Id);
        await scripted.Hub.StopAsync();

        await using var again = scripted.Restart(null);
        var host = scripted.Host.At(again.Address);
        Assert.Equal(EventTypes.Interrupted, (await host.FindAsync(open.Id)).State);
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("upon") + Sse.Done);
        var run = RunCalls.Started(await host.TryGoOnAsync(new { task = "Go on.", continues = open.Id }));

        Assert.Equal(["user: one", "assistant: 1", "user: two", "assistant: Once "], (await answer.Requested).History());
        Assert.Equal(new RunThread(first.Id, 3) { Continues = open.Id, Attempt = 1 }, (await host.EndedAsync(run.Id)).Thread);
    }
}
