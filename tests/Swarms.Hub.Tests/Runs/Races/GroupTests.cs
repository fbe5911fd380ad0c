using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>Groups that are not blind: how they start, and whom members vote for.</summary>
public sealed class GroupTests
{
    [Fact]
    public async Task Runs_Of_A_Group_Come_In_One_Commit_With_Their_Numbers_And_The_Same_Task()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();
        scripted.AnswerAndHang(3);

        var group = await scripted.Host.StartGroupAsync(
            [new { agent = "writer" }, GroupCalls.Entry(), new { kind = RunKinds.Swarm, request = new { name = "Team" } }]);

        var events = await scripted.Host.EventsAsync();
        var started = events.Single(e => e.Type == EventTypes.GroupStarted);
        Assert.Equal((group.Id, scripted.Host.Member), (started.Data.GetProperty("group").GetString(), started.By));
        var queued = events.Where(e => e.Type == EventTypes.RunQueued).ToList();
        Assert.Equal(group.Runs, queued.Select(e => e.Run));
        Assert.Equal([1, 2, 3], queued.Select(e => e.Sequence - started.Sequence));
        var runs = queued.ConvertAll(e => RunQueuedPayload.Read(e.Data));
        Assert.Equal(Enumerable.Range(1, 3).Select(n => new GroupPlace(group.Id, n)), runs.Select(run => run.Group));
        Assert.Equal(["Story Writer", "Writer", "Team"], runs.Select(run => run.Agent.Name));
        Assert.Equal([RunKinds.Agent, RunKinds.Agent, RunKinds.Swarm], runs.Select(run => run.Kind));
        Assert.All(runs, run => Assert.Equal(("Tell a story", 0), (run.Task, run.Position)));
        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        Assert.All(
            scripted.Upstream.Requests,
            sent => Assert.Equal("Tell a story", JsonElement.Parse(sent.Body.Span).GetProperty("task").GetString()));
        await scripted.Host.FoldsToTheSnapshotAsync();
    }

    private static readonly int[] Numbers = [1];

    public static TheoryData<string, string, object?[]> BadEntries => new()
    {
        { "one", ErrorCodes.Invalid, [GroupCalls.Entry()] },
        { "none", ErrorCodes.Invalid, [] },
        { "seven", ErrorCodes.Invalid, [.. Enumerable.Repeat(GroupCalls.Entry(), 7)] },
        { "an unknown agent", ErrorCodes.NotFound, [GroupCalls.Entry(), new { agent = "nobody" }] },
        { "both", ErrorCodes.Invalid, [GroupCalls.Entry(), new { agent = "writer", request = new { } }] },
        { "neither", ErrorCodes.Invalid, [GroupCalls.Entry(), new { kind = RunKinds.Agent }] },
        { "null", ErrorCodes.Invalid, [GroupCalls.Entry(), null] },
        { "a task of its own", ErrorCodes.Invalid, [GroupCalls.Entry(), new { request = new { task = "mine" } }] },
        { "a task that is null", ErrorCodes.Invalid, [GroupCalls.Entry(), new { request = new { task = (string?)null } }] },
        { "tasks of its own", ErrorCodes.Invalid, [GroupCalls.Entry(), new { kind = "swarm", request = new { tasks = Numbers } }] },
        { "no object", ErrorCodes.Invalid, [GroupCalls.Entry(), new { request = Numbers }] },
        { "an agent as a swarm", ErrorCodes.Invalid, [GroupCalls.Entry(), new { agent = "writer", kind = RunKinds.Swarm }] },
        { "another kind", ErrorCodes.Invalid, [GroupCalls.Entry(), new { kind = "choir", request = new { } }] },
    };

    [Theory]
    [MemberData(nameof(BadEntries))]
    public async Task Bad_Entry_Is_Refused_And_Nothing_Is_Appended(string what, string code, object?[] runs)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();
        var before = (await scripted.Host.EventsAsync()).Count;

        var answer = await scripted.Host.PostAsync($"{scripted.Host.Path}/groups", new { task = "Tell a story", runs });

        Assert.True(answer.Code == code, $"{what}: {answer.Text}");
        Assert.Equal(before, (await scripted.Host.EventsAsync()).Count);
        Assert.Empty(scripted.Upstream.Requests);
    }

    [Fact]
    public async Task Empty_Request_Gets_The_Task_And_A_Blank_Task_Is_Refused()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        (await scripted.Host.TryStartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()], task: " ")).IsProblem(400, ErrorCodes.Invalid);

        var group = await scripted.Host.StartGroupAsync([new { request = new { } }, GroupCalls.Entry()]);

        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[0]);
        await scripted.Host.SeenAsync(EventTypes.Chunk, group.Runs[1]);
        var sent = scripted.Upstream.Requests.Select(request => Encoding.UTF8.GetString(request.Body.Span)).ToList();
        Assert.All(sent, body => Assert.StartsWith("""{"task":"Tell a story",""", body, StringComparison.Ordinal));
        Assert.Single(sent, body => !body.Contains("agent_name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Group_Larger_Than_The_Places_Of_The_Room_Is_Refused()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxParallelPerRoom", "3"));
        var entries = Enumerable.Repeat(GroupCalls.Entry(), 4).ToArray();

        (await scripted.Host.TryStartGroupAsync(entries)).IsProblem(400, ErrorCodes.Invalid);
        await RoomChangesTests.ChangeAsync(scripted.Host, new { budget = new { parallelRuns = 2 } });
        (await scripted.Host.TryStartGroupAsync(entries[1..])).IsProblem(400, ErrorCodes.Invalid);

        scripted.AnswerAndHang(2);
        await scripted.Host.StartGroupAsync(entries[2..]);
    }

    [Fact]
    public async Task Same_Key_Finds_The_Group_And_Starts_No_Second_One()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        object[] entries = [GroupCalls.Entry(), GroupCalls.Entry("Poet")];
        var groups = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scripted.Host.StartGroupAsync(entries, key: "once")));

        Assert.Single(groups.Select(group => group.Id).Distinct());
        Assert.Equal(2, (await scripted.Host.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued));
        (await scripted.Host.TryStartGroupAsync(entries, isBlind: true, key: "once")).IsProblem(409, ErrorCodes.Conflict);
        (await scripted.Host.TryStartAsync(key: "once")).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Own_Requests_Are_Refused_Where_Only_Agents_Of_The_Room_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await scripted.Host.AddWriterAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { agentsOnly = true });
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);

        (await member.TryStartGroupAsync([new { agent = "writer" }, GroupCalls.Entry()])).IsProblem(403, ErrorCodes.Forbidden);

        scripted.AnswerAndHang(2);
        await member.StartGroupAsync([new { agent = "writer" }, new { agent = "writer" }]);
        Assert.Equal(2, (await member.EventsAsync()).Count(e => e.Type == EventTypes.RunQueued));
    }

    [Fact]
    public async Task Each_Role_Votes_Changes_Its_Vote_And_Takes_It_Back()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync();
        var (participant, viewer) =
            (await scripted.Host.InviteAsync(MemberRoles.Participant), await scripted.Host.InviteAsync(MemberRoles.Viewer));
        foreach (var member in (MemberCaller[])[scripted.Host, participant, viewer, viewer])
            Assert.Equal(204, (await member.VoteAsync(group, group.Runs[0])).Status);

        Assert.Equal(204, (await participant.VoteAsync(group, group.Runs[1])).Status);
        Assert.Equal(204, (await scripted.Host.TakeBackAsync(group)).Status);
        Assert.Equal(204, (await scripted.Host.TakeBackAsync(group)).Status);

        var votes = (await viewer.GroupAsync(group.Id)).Votes;
        Assert.Equal(
            [(group.Runs[0], viewer.Member), (group.Runs[1], participant.Member)], votes.Select(one => (one.Run, Assert.Single(one.By))));
        Assert.Equal(5, (await viewer.EventsAsync()).Count(e => e.Type == EventTypes.GroupVoted));
        await viewer.FoldsToTheSnapshotAsync();
    }

    [Fact]
    public async Task Vote_For_A_Run_Of_Another_Group_Or_Of_None_Is_Refused()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var (one, other) = (await scripted.FinishGroupAsync(), await scripted.FinishGroupAsync());
        scripted.AnswerAndHang(1);
        var alone = await scripted.Host.StartAsync();

        (await scripted.Host.VoteAsync(one, other.Runs[0])).IsProblem(404, ErrorCodes.NotFound);
        (await scripted.Host.VoteAsync(one, alone.Id)).IsProblem(404, ErrorCodes.NotFound);
        (await scripted.Host.VoteAsync(one, "nobody")).IsProblem(404, ErrorCodes.NotFound);
        (await scripted.Host.TakeBackAsync(one with { Id = "nobody" })).IsProblem(404, ErrorCodes.NotFound);
        await using var caller = await HubCaller.ConnectAsync(scripted.Host);
        await caller.IsRefusedAsync(ErrorCodes.NotFound, "VoteForRun", scripted.Host.Room, alone.Id);
    }

    [Fact]
    public async Task Reveal_Shows_The_Votes_And_Ends_The_Voting()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await member.VoteAsync(group, group.Runs[1]);
        (await member.TryRevealAsync(group)).IsProblem(403, ErrorCodes.Forbidden);

        var revealed = await scripted.Host.RevealAsync(group);

        Assert.Equal([new GroupResult(group.Runs[1], 1), new GroupResult(group.Runs[0], 0)], revealed.Results!);
        Assert.Equal(scripted.Host.Member, revealed.RevealedBy);
        Assert.Empty(revealed.Votes);
        (await member.VoteAsync(group, group.Runs[0])).IsProblem(409, ErrorCodes.Conflict);
        (await member.TakeBackAsync(group)).IsProblem(409, ErrorCodes.Conflict);
        (await scripted.Host.TryRevealAsync(group)).IsProblem(409, ErrorCodes.Conflict);
        Assert.Single(await member.EventsAsync(), e => e.Type == EventTypes.GroupRevealed);
        await member.FoldsToTheSnapshotAsync();
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(null);
        Assert.Equal(AgentCalls.Json(revealed), AgentCalls.Json(await member.At(again.Address).GroupAsync(group.Id)));
    }

    [Fact]
    public async Task Each_Member_Reads_Its_Own_Vote_And_No_Other_Also_After_The_Reveal_And_A_Restart()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var (group, other) = (await scripted.FinishGroupAsync(isBlind: true), await scripted.FinishGroupAsync());
        var (first, second) =
            (await scripted.Host.InviteAsync(MemberRoles.Participant), await scripted.Host.InviteAsync(MemberRoles.Viewer));
        await first.VoteAsync(group, group.Runs[0]);
        await first.VoteAsync(group, group.Runs[1]);
        await first.VoteAsync(other, other.Runs[0]);
        await second.VoteAsync(group, group.Runs[0]);
        await second.TakeBackAsync(group);
        string?[] expected = [null, group.Runs[1], null, other.Runs[0]];
        Assert.Equal(expected, await ReadAsync(scripted.Host, first, second));

        await scripted.Host.RevealAsync(group);
        Assert.Equal(expected, await ReadAsync(scripted.Host, first, second));

        // The group is revealed anew without that run. The vote was for the other one.
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{group.Runs[0]}")).Status);
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(null);
        Assert.Equal(
            expected, await ReadAsync(scripted.Host.At(again.Address), first.At(again.Address), second.At(again.Address)));
        var nowhere = await first.At(again.Address).GetAsync($"{first.Path}/groups/nobody/vote");
        nowhere.IsProblem(404, ErrorCodes.NotFound);

        async Task<string?[]> ReadAsync(MemberCaller host, MemberCaller one, MemberCaller two) =>
            [await host.OwnVoteAsync(group), await one.OwnVoteAsync(group), await two.OwnVoteAsync(group), await one.OwnVoteAsync(other)];
    }

    [Fact]
    public async Task Reveal_Waits_For_All_Endings()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.AnswerAndHang(2);
        var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry(), GroupCalls.Entry()]);
        (await scripted.Host.TryRevealAsync(group)).IsProblem(409, ErrorCodes.Conflict);
        await scripted.Host.CancelAsync(group.Runs[0]);
        (await scripted.Host.TryRevealAsync(group)).IsProblem(409, ErrorCodes.Conflict);
        await scripted.Host.CancelAsync(group.Runs[1]);

        Assert.NotNull((await scripted.Host.RevealAsync(group)).RevealedAt);
    }

    [Fact]
    public async Task At_Most_500_Members_Vote()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync();
        var voters = new List<MemberCaller>();
        for (var i = 0; i < RunGroup.MaxVoters; i++)
            voters.Add(await scripted.Host.InviteAsync(MemberRoles.Viewer, $"Voter {i}"));

        foreach (var voter in voters)
            Assert.Equal(204, (await voter.VoteAsync(group, group.Runs[0])).Status);

        (await scripted.Host.VoteAsync(group, group.Runs[0])).IsProblem(413, ErrorCodes.TooLarge);
        Assert.Equal(204, (await voters[0].VoteAsync(group, group.Runs[1])).Status);
        Assert.Equal(204, (await voters[1].TakeBackAsync(group)).Status);
        Assert.Equal(204, (await scripted.Host.VoteAsync(group, group.Runs[0])).Status);
    }

    [Fact]
    public async Task Members_Who_Left_Keep_Their_Votes_And_Their_Names_Also_After_A_Restart()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Viewer, "Grace");
        await member.VoteAsync(group, group.Runs[1]);
        Assert.Equal(204, (await member.DeleteAsync($"{member.Path}/members/{member.Member}")).Status);
        await scripted.Host.FoldsToTheSnapshotAsync();
        await scripted.Hub.StopAsync();
        await using var again = scripted.Restart(null);

        var state = await scripted.Host.At(again.Address).SnapshotAsync();

        Assert.Equal("Grace", Assert.Single(state.FormerMembers!).Name);
        Assert.Equal([member.Member], Assert.Single(Assert.Single(state.Groups!).Votes).By);
        await scripted.Host.At(again.Address).FoldsToTheSnapshotAsync();
    }
}
