using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The life of a proposal, over HTTP.</summary>
public sealed class ProposalDeskTests
{
    [Fact]
    public async Task Approved_Proposal_Keeps_Its_Id_And_Runs_As_It_Was_Asked_For()
    {
        await using var scripted = await ModeratedAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Done);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);

        var proposed = await member.StartAsync();
        Assert.Equal((RunStates.Proposed, member.Member, null), (proposed.State, proposed.By, proposed.Position));
        Assert.Empty(scripted.Upstream.Requests);
        var approved = await ApproveAsync(scripted.Host, proposed.Id);

        Assert.Equal((proposed.Id, scripted.Host.Member, null), (approved.Id, approved.ApprovedBy, approved.Asked));
        var ended = await member.EndedAsync(proposed.Id);
        Assert.Equal((EventTypes.Done, "Once ", member.Member), (ended.State, ended.Text, ended.By));
        var events = await member.EventsAsync(proposed.Id);
        Assert.Equal(
            [EventTypes.RunProposed, EventTypes.RunApproved, EventTypes.RunQueued, EventTypes.RunStarted],
            events.Take(4).Select(e => e.Type));
        Assert.Equal([member.Member, scripted.Host.Member, member.Member], events.Take(3).Select(e => e.By));
        Assert.Equal(await FoldAsync(member, proposed.Id), Without(ended), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Edited_Proposal_Keeps_What_Was_Asked_And_Sends_What_Was_Approved()
    {
        await using var scripted = await ModeratedAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var asked = JsonElement.Parse(
            """{"task":"Wie geht \"es\"? 🌿","agent_config":{"agent_name":"Writer","x":[1,{"task":"inner"}]}, "n":1.50}""");
        var proposed = await member.StartAsync(asked);

        await ApproveAsync(scripted.Host, proposed.Id, "Wie\ngeht es \"dir\"?");

        var ended = await member.EndedAsync(proposed.Id);
        Assert.Equal(("Wie\ngeht es \"dir\"?", new RunRequestView("Wie geht \"es\"? 🌿", null)), (ended.Task, ended.Asked));
        var sent = JsonElement.Parse(Assert.Single(scripted.Upstream.Requests).Body.Span);
        Assert.Equal("Wie\ngeht es \"dir\"?", sent.GetProperty("task").GetString());
        Assert.Equal("inner", sent.GetProperty("agent_config").GetProperty("x")[1].GetProperty("task").GetString());
        Assert.Equal("1.50", sent.GetProperty("n").GetRawText());
        Assert.Equal(await FoldAsync(member, proposed.Id), Without(ended), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Declined_Proposal_Ends_With_The_Reason_And_Who_Gave_It()
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Viewer);
        var proposed = await member.StartAsync();

        var declined = (await scripted.Host.PostAsync($"{member.Path}/runs/{proposed.Id}/decline", new { reason = "Later, please." })).Json
            .Deserialize<Run>(ProtocolJson.Options)!;

        Assert.Equal(
            (EventTypes.Declined, "Later, please.", scripted.Host.Member), (declined.State, declined.Reason, declined.DeclinedBy));
        var events = await member.EventsAsync(proposed.Id);
        Assert.Equal([EventTypes.RunProposed, EventTypes.Declined], events.Select(e => e.Type));
        Assert.Empty(scripted.Upstream.Requests);
        foreach (var path in new[] { "approve", "decline", "place" })
            (await scripted.Host.PostAsync($"{member.Path}/runs/{proposed.Id}/{path}", new { })).IsProblem(409, ErrorCodes.Conflict);

        (await SupportAsync(member, proposed.Id)).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Of_Many_Decisions_At_Once_One_Counts()
    {
        await using var scripted = await ModeratedAsync();
        scripted.AnswerAndHang(1);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = await member.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => scripted.Host.PostAsync(
            $"{member.Path}/runs/{proposed.Id}/{(n % 2 == 0 ? "approve" : "decline")}", new { })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(409, ErrorCodes.Conflict));
        var types = (await member.EventsAsync(proposed.Id)).Select(e => e.Type).ToList();
        Assert.Single(types, type => type is EventTypes.RunApproved or EventTypes.Declined);
    }

    [Fact]
    public async Task Proposer_Withdraws_And_Nobody_Else_But_A_Host()
    {
        await using var scripted = await ModeratedAsync();
        var ann = await scripted.Host.InviteAsync(MemberRoles.Viewer, "Amy");
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = await ann.StartAsync();

        (await bob.TryCancelAsync(proposed.Id)).IsProblem(403, ErrorCodes.Forbidden);
        var withdrawn = await ann.CancelAsync(proposed.Id);

        Assert.Equal((EventTypes.Cancelled, ann.Member), (withdrawn.State, withdrawn.CancelledBy));
        (await scripted.Host.PostAsync($"{ann.Path}/runs/{proposed.Id}/approve", new { })).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Proposal_Ends_With_Its_Proposers_Removal()
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = await member.StartAsync();

        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{member.Path}/members/{member.Member}")).Status);

        var ended = await scripted.Host.EndedAsync(proposed.Id);
        Assert.Equal((EventTypes.Cancelled, RunReasons.MemberLeft), (ended.State, ended.Reason));
        (await scripted.Host.PostAsync($"{member.Path}/runs/{proposed.Id}/approve", new { })).IsProblem(409, ErrorCodes.Conflict);
    }

    [Theory]
    [InlineData(MemberRoles.Participant)]
    [InlineData(MemberRoles.Viewer)]
    public async Task Only_Hosts_Decide_And_Everybody_Supports(string role)
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(role);
        var proposed = await member.StartAsync();

        foreach (var path in new[] { "approve", "decline", "place" })
            (await member.PostAsync($"{member.Path}/runs/{proposed.Id}/{path}", new { })).IsProblem(403, ErrorCodes.Forbidden);

        await using var caller = await HubCaller.ConnectAsync(member);
        await caller.IsRefusedAsync(ErrorCodes.Forbidden, "ApproveRun", member.Room, proposed.Id, null);
        await caller.IsRefusedAsync(ErrorCodes.Forbidden, "DeclineRun", member.Room, proposed.Id, null);
        await caller.IsRefusedAsync(ErrorCodes.Forbidden, "PlaceRun", member.Room, proposed.Id, null);
        await caller.InvokeAsync("SupportRun", member.Room, proposed.Id);
        Assert.Equal(204, (await SupportAsync(member, proposed.Id)).Status);
        Assert.Equal([member.Member], (await member.FindAsync(proposed.Id)).Supporters);
        await caller.InvokeAsync("UnsupportRun", member.Room, proposed.Id);
        Assert.Null((await member.FindAsync(proposed.Id)).Supporters);
        Assert.Equal(
            [EventTypes.RunProposed, EventTypes.RunSupported, EventTypes.RunUnsupported],
            (await member.EventsAsync(proposed.Id)).Select(e => e.Type));
    }

    [Fact]
    public async Task Proposal_Has_As_Many_Supporters_As_It_May_And_No_More()
    {
        await using var scripted = await ModeratedAsync();
        var invite = MemberCaller.Secret(await scripted.Host.CreateInviteAsync(new { role = MemberRoles.Viewer }));
        var proposed = await (await scripted.Host.InviteAsync(MemberRoles.Viewer, "Proposer")).StartAsync();
        var inParallel = new ParallelOptions { MaxDegreeOfParallelism = 50 };
        await Parallel.ForEachAsync(Enumerable.Range(0, Run.MaxSupporters), inParallel, async (number, _) =>
            Assert.Equal(204, (await SupportAsync(await JoinAsync(number), proposed.Id)).Status));

        (await SupportAsync(scripted.Host, proposed.Id)).IsProblem(413, ErrorCodes.TooLarge);

        Assert.Equal(Run.MaxSupporters, (await scripted.Host.FindAsync(proposed.Id)).Supporters!.Count);

        async Task<MemberCaller> JoinAsync(int number)
        {
            var joined = await new Caller(scripted.Host.Address).PostAsync("/api/join", new { invite, name = $"Member {number}" });
            Assert.Equal(200, joined.Status);
            return new MemberCaller(scripted.Host.Address, joined.Json);
        }
    }

    [Fact]
    public async Task Streaming_Caller_At_The_Doors_Waits_For_The_Host()
    {
        await using var scripted = await ModeratedAsync();
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Done);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        using var http = new HttpClient { BaseAddress = scripted.Host.Address };
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/agent/completions")
        {
            Content = new StringContent("""{"agent_config":{"agent_name":"Writer"},"task":"Tell","stream":true}"""),
            Headers = { { "x-api-key", member.Token } },
        };

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(": proposed", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await ApproveAsync(scripted.Host, answer.Headers.GetValues("X-Run-Id").Single());

        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Once ", rest, StringComparison.Ordinal);
        Assert.Contains("event: done", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_At_The_Doors_Is_Told_Why_The_Host_Declined()
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        using var http = new HttpClient { BaseAddress = scripted.Host.Address };
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/agent/completions")
        {
            Content = new StringContent("""{"agent_config":{"agent_name":"Writer"},"task":"Tell"}"""),
            Headers = { { "x-api-key", member.Token } },
        };

        var answering = http.SendAsync(request, TestContext.Current.CancellationToken);
        await using var feed = await scripted.Host.ReplayAsync();
        var proposed = await feed.UntilAsync(EventTypes.RunProposed);
        var run = proposed.GetProperty("run").GetString();
        Assert.Equal(200, (await scripted.Host.PostAsync($"{member.Path}/runs/{run}/decline", new { reason = "Not now." })).Status);

        using var answer = await answering;
        Assert.Equal((409, run), ((int)answer.StatusCode, answer.Headers.GetValues("X-Run-Id").Single()));
        Assert.Equal(
            """{"detail":"A host declined the run: Not now."}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Proposals_Stand_As_Hosts_Place_Them()
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await member.StartAsync()).Id);

        var expected = ids.ToList();
        // Twenty moves to the same place use up the ranks between two proposals.
        for (var i = 0; i < 20; i++)
        {
            var moved = expected[4];
            expected.RemoveAt(4);
            expected.Insert(1, moved);
            Assert.Equal(204, (await PlaceAsync(scripted.Host, moved, expected[2])).Status);
            Assert.Equal(expected, await ProposalsAsync(member));
        }

        Assert.Equal(204, (await PlaceAsync(scripted.Host, expected[0], null)).Status);
        Assert.Equal([.. expected[1..], expected[0]], await ProposalsAsync(member));
        (await PlaceAsync(scripted.Host, ids[0], ids[0])).IsProblem(400, ErrorCodes.Invalid);
        (await PlaceAsync(scripted.Host, ids[0], "nobody")).IsProblem(409, ErrorCodes.Conflict);
        (await PlaceAsync(scripted.Host, "nobody", ids[0])).IsProblem(404, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Proposals_Are_Bounded_And_Cost_The_Others_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync(("Runs:MaxProposedPerRoom", "3"));
        await RoomChangesTests.ChangeAsync(scripted.Host, new { moderated = true });
        scripted.AnswerAndHang(1);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var first = await member.StartAsync();
        await member.StartAsync();
        await member.StartAsync();

        (await member.TryStartAsync()).IsProblem(429, ErrorCodes.QueueFull);

        Assert.Equal(RunStates.Queued, (await scripted.Host.StartAsync()).State);
        await member.CancelAsync(first.Id);
        await member.StartAsync();
    }

    [Fact]
    public async Task Start_By_A_Rooms_Agent_Is_Proposed_Edited_And_Approved_As_The_Agents()
    {
        await using var scripted = await ModeratedAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await scripted.Host.AddWriterAsync();

        var proposed = await member.StartAgentAsync("writer", "Tell a story");
        Assert.Equal((RunStates.Proposed, "writer", "Story Writer"), (proposed.State, proposed.Agent.Id, proposed.Agent.Name));
        var approved = await ApproveAsync(scripted.Host, proposed.Id, "Tell two stories");

        Assert.Equal(("writer", "Tell two stories", "Tell a story"), (approved.Agent.Id, approved.Task, approved.Asked!.Task));
        await member.EndedAsync(proposed.Id);
        var sent = JsonElement.Parse(Assert.Single(scripted.Upstream.Requests).Body.Span);
        Assert.Equal("Tell two stories", sent.GetProperty("task").GetString());
        Assert.Equal(400, sent.GetProperty("agent_config").GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task Program_That_A_Host_Exempted_Needs_No_Approval()
    {
        await using var scripted = await ModeratedAsync();
        scripted.AnswerAndHang(1);
        var admitted = await scripted.Host.PostAsync($"{scripted.Host.Path}/programs", new { name = "Bot", unmoderated = true });
        var program = new Caller(scripted.Host.Address, admitted.Json.GetProperty("token").GetString());

        var answer = await program.PostAsync($"{scripted.Host.Path}/runs", new { request = RunCalls.Story });

        Assert.Equal(RunStates.Queued, RunCalls.Started(answer).State);
        Assert.True(admitted.Json.GetProperty("member").GetProperty("unmoderated").GetBoolean());
        var other = await scripted.Host.PostAsync($"{scripted.Host.Path}/programs", new { name = "Other" });
        Assert.False(other.Json.GetProperty("member").TryGetProperty("unmoderated", out _));
        program = new Caller(scripted.Host.Address, other.Json.GetProperty("token").GetString());
        answer = await program.PostAsync($"{scripted.Host.Path}/runs", new { request = RunCalls.Story });
        Assert.Equal(RunStates.Proposed, RunCalls.Started(answer).State);
    }

    [Fact]
    public async Task Proposal_Of_A_Rooms_Agent_Outlasts_The_Hub_And_One_Whose_Agent_Went_Does_Not()
    {
        await using var scripted = await ModeratedAsync();
        await scripted.Host.AddWriterAsync();
        Assert.Equal(201, (await scripted.Host.SetAsync("critic", AgentCalls.Writer())).Status);
        var member = await scripted.Host.InviteAsync(MemberRoles.Viewer);
        var (kept, lost) = (await member.StartAgentAsync("writer", "Tell a story"), await member.StartAgentAsync("critic", "Judge it"));
        Assert.Equal(204, (await SupportAsync(scripted.Host, kept.Id)).Status);
        Assert.Equal(204, (await scripted.Host.RemoveAsync("critic")).Status);
        (await scripted.Host.PostAsync($"{member.Path}/runs/{lost.Id}/approve", new { })).IsProblem(409, ErrorCodes.Conflict);
        await scripted.Hub.StopAsync();
        Assert.Empty(scripted.Upstream.Requests);

        await using var again = scripted.Hub.Restart(
            ("Upstream:BaseAddress", scripted.Upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey));
        var (host, back) = (scripted.Host.At(again.Address), member.At(again.Address));
        Assert.Equal((EventTypes.Interrupted, RunReasons.HubStopped), await StateAsync(lost.Id));
        var waiting = await back.FindAsync(kept.Id);
        Assert.Equal((RunStates.Proposed, kept.Rank, host.Member), (waiting.State, waiting.Rank, Assert.Single(waiting.Supporters!)));
        scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Done);
        await ApproveAsync(host, kept.Id);
        var ended = await back.EndedAsync(kept.Id);

        Assert.Equal((EventTypes.Done, "Once "), (ended.State, ended.Text));
        var sent = JsonElement.Parse(Assert.Single(scripted.Upstream.Requests).Body.Span);
        Assert.Equal("Tell a story", sent.GetProperty("task").GetString());
        Assert.Equal(await FoldAsync(back, kept.Id), Without(ended), StringComparer.Ordinal);

        async Task<(string, string?)> StateAsync(string id) => await back.FindAsync(id) is var run ? (run.State, run.Reason) : default;
    }

    [Fact]
    public async Task Proposal_With_A_Request_Of_Its_Own_Ends_As_Interrupted_When_The_Hub_Stops()
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = await member.StartAsync();

        await scripted.Hub.StopAsync();

        await using var again = scripted.Hub.Restart();
        var back = member.At(again.Address);
        var ended = await back.FindAsync(proposed.Id);
        Assert.Equal((EventTypes.Interrupted, RunReasons.HubStopped, null), (ended.State, ended.Reason, ended.Rank));
    }

    [Theory]
    [InlineData("""{"task":""}""", 400, "invalid")]
    [InlineData("""{"task":7}""", 400, "invalid")]
    public async Task Edit_That_Makes_No_Sense_Is_Refused_And_The_Proposal_Stays(string body, int status, string code)
    {
        await using var scripted = await ModeratedAsync();
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var proposed = await member.StartAsync();

        (await scripted.Host.PostAsync($"{member.Path}/runs/{proposed.Id}/approve", JsonElement.Parse(body))).IsProblem(status, code);

        Assert.Equal(RunStates.Proposed, (await member.FindAsync(proposed.Id)).State);
    }

    [Fact]
    public async Task Proposal_With_A_List_Of_Tasks_Is_Approved_As_It_Is_Only()
    {
        await using var scripted = await ModeratedAsync();
        scripted.AnswerAndHang(1);
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        var request = new { tasks = new[] { "one", "two" } };
        var proposed = RunCalls.Started(await member.PostAsync($"{member.Path}/runs", new { kind = "swarm", request }));

        var answer = await scripted.Host.PostAsync($"{member.Path}/runs/{proposed.Id}/approve", new { task = "three" });

        answer.IsProblem(400, ErrorCodes.Invalid);

        Assert.Equal(RunStates.Queued, (await ApproveAsync(scripted.Host, proposed.Id)).State);
    }

    private static async Task<ScriptedHub> ModeratedAsync()
    {
        var scripted = await ScriptedHub.StartAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { moderated = true });
        return scripted;
    }

    private static async Task<Run> ApproveAsync(MemberCaller host, string run, string? task = null)
    {
        var answer = await host.PostAsync($"{host.Path}/runs/{run}/approve", new { task });
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.Deserialize<Run>(ProtocolJson.Options)!;
    }

    private static Task<Answer> SupportAsync(MemberCaller member, string run) =>
        member.SendAsync(HttpMethod.Put, $"{member.Path}/runs/{run}/support", null);

    private static Task<Answer> PlaceAsync(MemberCaller host, string run, string? before) =>
        host.PostAsync($"{host.Path}/runs/{run}/place", new { before });

    private static async Task<List<string>> ProposalsAsync(MemberCaller member)
    {
        var snapshot = (await member.GetAsync(member.Path)).Json.Deserialize<RoomFrame>(ProtocolJson.Options)!;
        return [.. new RoomState(snapshot).Proposals.Select(run => run.Id)];
    }

    // The run as a viewer has it who was there from the beginning.
    private static async Task<string> FoldAsync(MemberCaller member, string run)
    {
        var state = new RoomState(member.Admission.Room);
        foreach (var roomEvent in await member.EventsAsync())
            state.Apply(roomEvent);

        return Without(state.FindRun(run)!.ToRun());
    }

    private static string Without(Run run) => JsonSerializer.Serialize(run, ProtocolJson.Options);
}
