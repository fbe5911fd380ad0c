using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Storage.Commands;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Blind groups: what would tell their runs apart is nowhere before a host reveals it.</summary>
public sealed class BlindGroupTests
{
    // Each is in what the agents' requests or the upstream's answers hold, and in nothing else.
    private static readonly string[] Sentinels =
    [
        "AlphaAgent", "alpha-model", "BetaAgent", "beta-model", "GammaTeam", "job-alpha", "job-beta", "tool-secret", "quota of alpha",
        "0.123457", "7654321", "inner-voice",
    ];

    private static readonly object[] Entries =
    [
        GroupCalls.Entry("AlphaAgent", "alpha-model", 500), GroupCalls.Entry("BetaAgent", "beta-model", 500),
        new
        {
            kind = RunKinds.Swarm,
            request = new { name = "GammaTeam", agents = new[] { new { agent_name = "inner-voice", max_tokens = 9 } } },
        },
    ];

    [Fact]
    public async Task Nothing_Hidden_Is_Found_On_Any_Surface_Before_The_Reveal_And_All_Of_It_After()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { budget = new { roomTokens = 1_000_000, modelTokens = 600 } });
        await using var watcher = await HubCaller.ConnectAsync(scripted.Host);
        var frames = watcher.Watch(scripted.Host.Room);
        await using var feed = await FeedReader.OpenAsync(scripted.Host);
        Script(scripted);
        var group = await scripted.Host.StartGroupAsync(Entries, isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        await scripted.Host.VoteAsync(group, group.Runs[0]);
        await scripted.Host.FoldsToTheSnapshotAsync();
        var before = await SurfacesAsync(scripted, group);
        Assert.True(before.Count > 25, $"{before.Count} surfaces");
        AssertNothing(before);
        Assert.DoesNotContain(await scripted.Host.EventsAsync(), e => e.Type is EventTypes.Spending or EventTypes.BudgetWarned);
        Assert.All((await scripted.Host.SnapshotAsync()).Runs!, run =>
        {
            Assert.Equal((RunKinds.Agent, new RunAgent(null, null)), (run.Kind, run.Agent));
            Assert.Null(run.Parts);
        });

        await scripted.Host.RevealAsync(group);

        var seen = await UntilRevealedAsync(frames);
        AssertNothing([("SignalR before the reveal", seen[..^1])]);
        var after = await SurfacesAsync(scripted, group);
        var page = after.Single(one => one.Name.StartsWith("/api/rooms/{room}/events?", StringComparison.Ordinal)).Text;
        Assert.All(Sentinels.Except(["inner-voice"]), word => Assert.Contains(word, page, StringComparison.Ordinal));
        await scripted.Host.FoldsToTheSnapshotAsync();
        var runs = (await scripted.Host.SnapshotAsync()).Runs!;
        Assert.Equal(["AlphaAgent", "BetaAgent", "GammaTeam"], runs.Select(run => run.Agent.Name).Order());
        Assert.Equal(RunKinds.Swarm, runs.Single(run => run.Agent.Name == "GammaTeam").Kind);
        foreach (var run in runs)
        {
            var stored = await scripted.Host.FindAsync(run.Id);
            Assert.Equal((run.Agent, run.Kind, run.Reserved, run.JobId), (stored.Agent, stored.Kind, stored.Reserved, stored.JobId));
        }

        var events = await scripted.Host.EventsAsync();
        Assert.Equal(
            group.Runs.Order(),
            events.Where(e => e.Type == EventTypes.Spending).Select(e => e.Data.GetProperty("run").GetString()!).Order());
    }

    [Fact]
    public async Task Starter_Learns_Nothing_From_The_Order_Of_Its_Entries()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var firsts = new HashSet<string?>();
        for (var i = 0; i < 20 && firsts.Count < 2; i++)
        {
            scripted.Upstream.Answer().Body(Sse.Done);
            scripted.Upstream.Answer().Body(Sse.Done);
            var group = await scripted.Host.StartGroupAsync([GroupCalls.Entry("One"), GroupCalls.Entry("Two")], isBlind: true);
            foreach (var run in group.Runs)
                await scripted.Host.EndedAsync(run);

            await scripted.Host.RevealAsync(group);
            firsts.Add((await scripted.Host.FindAsync(group.Runs[0])).Agent.Name);
        }

        Assert.Equal(["One", "Two"], firsts.Order());
    }

    [Fact]
    public async Task Crash_In_The_Middle_Keeps_Agents_And_Reservations_For_The_Reveal()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { budget = new { roomTokens = 1_000 } });
        scripted.AnswerAndHang(2);
        var group = await scripted.Host.StartGroupAsync(Entries[..2], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.SeenAsync(EventTypes.Chunk, run);

        var copy = Path.Combine(Path.GetDirectoryName(scripted.Hub.DatabasePath)!, "crashed.db");
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(scripted.Hub.DatabasePath + suffix, copy + suffix);

        await using var again = HubUnderTest.Start(("Storage:Path", copy));
        var host = scripted.Host.At(again.Address);

        var interrupted = await host.SnapshotAsync();
        Assert.All(interrupted.Runs!, run => Assert.Equal((EventTypes.Interrupted, null), (run.State, run.Agent.Name)));
        Assert.Null(interrupted.Spending);
        (await host.TryStartAsync(new { agent_config = new { model_name = "x", max_tokens = 1 }, task = "Try" }))
            .IsProblem(402, ErrorCodes.OverBudget);
        await host.RevealAsync(group);
        var revealed = await host.SnapshotAsync();
        Assert.Equal(["AlphaAgent", "BetaAgent"], revealed.Runs!.Select(run => run.Agent.Name).Order());
        Assert.Equal((2L, 1_000L), (revealed.Spending!.Total.Runs, revealed.Spending.Total.HeldTokens));
        await host.FoldsToTheSnapshotAsync();
    }

    [Fact]
    public async Task Removed_Run_Of_A_Blind_Group_Is_Never_Revealed_But_Counts()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync(isBlind: true);
        Assert.Equal(204, (await scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{group.Runs[0]}")).Status);
        Assert.False((await scripted.Host.EventsAsync()).Single(e => e.Type == EventTypes.RunRemoved).Data.TryGetProperty("usage", out _));
        (await scripted.Host.VoteAsync(group, group.Runs[0])).IsProblem(409, ErrorCodes.Conflict);

        var revealed = await scripted.Host.RevealAsync(group);

        Assert.Equal([group.Runs[1]], revealed.Results!.Select(result => result.Run));
        var removed = await scripted.Host.FindAsync(group.Runs[0]);
        Assert.Equal((new RunAgent(null, null), null), (removed.Agent, removed.Usage));
        var left = await scripted.Host.FindAsync(group.Runs[1]);
        var spending = (await scripted.Host.SnapshotAsync()).Spending!;
        Assert.Equal((2L, "0.006"), (spending.Total.Runs, spending.Total.Cost));
        Assert.Equal(new[] { left.Agent.Name, null }.Order(), spending.Agents.Select(row => row.Key).Order());
    }

    [Fact]
    public async Task Removal_After_The_Reveal_Erases_What_It_Showed_Of_The_Run()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var group = await scripted.FinishGroupAsync(isBlind: true);
        await scripted.Host.RevealAsync(group);
        var runs = (await scripted.Host.SnapshotAsync()).Runs!;
        await RoomChangesTests.ChangeAsync(scripted.Host, new { archived = true });

        var answers = await Task.WhenAll(runs.Select(run => scripted.Host.DeleteAsync($"{scripted.Host.Path}/runs/{run.Id}")));

        Assert.All(answers, answer => Assert.Equal(204, answer.Status));
        var events = await scripted.Host.EventsAsync();
        var revealed = events.Where(e => e.Type == EventTypes.GroupRevealed).ToList();
        Assert.Equal(3, revealed.Count);
        Assert.Equal(revealed[1].Sequence, revealed[0].Data.GetProperty("erased").GetInt64());
        Assert.Equal(revealed[2].Sequence, revealed[1].Data.GetProperty("erased").GetInt64());
        var text = string.Concat(events.Where(e => e.Type != EventTypes.Spending).Select(e => e.Data.GetRawText()));
        Assert.DoesNotContain("Poet", text, StringComparison.Ordinal);
        Assert.Empty(GroupRevealedPayload.Read(revealed[2].Data).Results);
        await scripted.Hub.StopAsync();
        using var connection = DatabaseFile.Open(scripted.Hub.DatabasePath);
        Assert.Empty(LogVerifier.Verify(connection).Misfits);
    }

    [Fact]
    public async Task Members_Who_See_No_Costs_Get_The_Reveal_Without_Them()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        await RoomChangesTests.ChangeAsync(scripted.Host, new { showMoney = "hosts" });
        var member = await scripted.Host.InviteAsync(MemberRoles.Participant);
        Script(scripted);
        var group = await scripted.Host.StartGroupAsync(Entries, isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        await scripted.Host.RevealAsync(group);

        foreach (var (name, text) in await SurfacesAsync(scripted, group, member))
        {
            if (!name.EndsWith("table", StringComparison.Ordinal))
                Assert.False(text.Contains("0.123457", StringComparison.Ordinal), name);
        }

        var revealed = (await member.EventsAsync()).Single(e => e.Type == EventTypes.GroupRevealed).Data.GetRawText();
        Assert.Contains("tool-secret", revealed, StringComparison.Ordinal);
        Assert.Contains("7654321", revealed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upstreams_Other_Events_Are_Kept_Up_To_A_Bound_And_Then_Counted()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var large = new string('x', 30_000);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var events = string.Concat(
                Enumerable.Range(0, 4).Select(n => $"event: tool_call\ndata: {{\"n\":{n},\"text\":\"{large}\"}}\n\n"));
            scripted.Upstream.Answer().Body(Sse.Chunk("Once") + events + Sse.Done);
        }

        var group = await scripted.Host.StartGroupAsync(Entries[..2], isBlind: true);
        foreach (var run in group.Runs)
            await scripted.Host.EndedAsync(run);

        await scripted.Host.RevealAsync(group);

        var data = (await scripted.Host.EventsAsync()).Single(e => e.Type == EventTypes.GroupRevealed).Data;
        Assert.All(data.GetProperty("runs").EnumerateArray(), run =>
        {
            Assert.Equal([0, 1], run.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("data").GetProperty("n").GetInt32()));
            Assert.Equal(2, run.GetProperty("omittedEvents").GetInt32());
        });
    }

    // Three answers, whichever run gets which: a usual one, one with more in it, and one that fails.
    private static void Script(ScriptedHub scripted)
    {
        const string Usage = "event: usage\ndata: {\"input_tokens\": 7654321, \"output_tokens\": 2, \"total_cost\": 0.123457}\n\n";
        scripted.Upstream.AnswerLists("[]");
        scripted.Upstream.Answer().Body(
            "event: metadata\ndata: {\"job_id\": \"job-alpha\", \"name\": \"AlphaAgent\"}\n\n" + Sse.Chunk("Once ") + Usage + Sse.Done);
        scripted.Upstream.Answer().Body(
            "event: metadata\ndata: {\"job_id\": \"job-beta\"}\n\n"
            + "event: tool_call\ndata: {\"tool\": \"tool-secret\", \"cost\": 0.123457}\n\n"
            + "event: agent_start\ndata: {\"agent\": \"inner-voice\"}\n\n"
            + "event: chunk\ndata: {\"content\": \"upon \", \"agent\": \"inner-voice\"}\n\n" + Usage + Sse.Done);
        scripted.Upstream.Answer().Body(Sse.Chunk("a time") + "event: error\ndata: {\"error\": \"The quota of alpha is used up\"}\n\n");
    }

    private static void AssertNothing(IEnumerable<(string Name, string Text)> surfaces) =>
        Assert.Equal(
            "",
            string.Join('\n', from surface in surfaces
                              from word in Sentinels
                              where surface.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
                              select $"{word} is in {surface.Name}: {surface.Text}"));

    private static async Task<string> UntilRevealedAsync(System.Threading.Channels.ChannelReader<JsonElement> frames)
    {
        var seen = new System.Text.StringBuilder();
        while (true)
        {
            var frame = (await frames.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime()).GetRawText();
            if (frame.Contains(EventTypes.GroupRevealed, StringComparison.Ordinal))
                return seen.Append('!').ToString();

            seen.Append(frame);
        }
    }

    /// <summary>Returns the answer of every address that reads, and the tables that readers are served from.</summary>
    private static async Task<List<(string Name, string Text)>> SurfacesAsync(
        ScriptedHub scripted, RunGroup group, MemberCaller? reader = null)
    {
        var caller = reader ?? scripted.Host;
        var surfaces = new List<(string, string)>();
        var patterns = scripted.Hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}")
            .Where(pattern => !pattern.Contains('*', StringComparison.Ordinal) && !pattern.StartsWith("/hub", StringComparison.Ordinal));
        string[] queries =
        [
            "/api/rooms/{room}/events?limit=1000", "/api/rooms/{room}/runs?q=Alpha", "/api/rooms/{room}/runs?q=Once",
            "/api/rooms/{room}/runs/{run}/passage?start=0&end=1",
            .. ((string[])["md", "txt", "html", "json", "csv", "replay"]).SelectMany(format => (string[])
            [
                $"/api/rooms/{{room}}/transcript?format={format}", $"/api/rooms/{{room}}/runs/{{run}}/transcript?format={format}",
            ]),
        ];
        foreach (var pattern in patterns.Concat(queries).Distinct())
        {
            foreach (var run in pattern.Contains("{run}", StringComparison.Ordinal) ? group.Runs : [""])
            {
                var path = pattern.Replace("{room}", caller.Room, StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal);
                path = Regex.Replace(path, @"\{[^}]*\}", group.Id);
                // A feed does not end by itself; it is read elsewhere.
                var answer = pattern.EndsWith("/stream", StringComparison.Ordinal) ? "" : (await caller.GetAsync(path)).Text;
                surfaces.Add((pattern, answer));
            }
        }

        await using var replay = await caller.ReplayAsync();
        var last = (await caller.EventsAsync())[^1].Sequence;
        var items = new System.Text.StringBuilder();
        await replay.UntilAsync(item =>
        {
            items.Append(item.Data);
            return item.Data.Contains($"\"sequence\":{last},", StringComparison.Ordinal);
        });
        surfaces.Add(("SSE", items.ToString()));
        surfaces.Add(("/metrics", (await scripted.Hub.Anybody().GetAsync("/metrics")).Text));
        surfaces.Add(("the events table", ReadTable(scripted.Hub.DatabasePath, "SELECT Data FROM events")));
        surfaces.Add(("the runs table", ReadTable(scripted.Hub.DatabasePath, "SELECT View || ifnull(Text, '') || Task FROM runs")));
        surfaces.Add(("the groups table", ReadTable(scripted.Hub.DatabasePath, "SELECT View FROM run_groups")));
        return surfaces;
    }

    private static string ReadTable(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
#pragma warning disable CA2100 // The constants above.
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var text = new System.Text.StringBuilder();
        while (rows.Read())
            text.AppendLine(rows.GetString(0));

        return text.ToString();
    }
}
