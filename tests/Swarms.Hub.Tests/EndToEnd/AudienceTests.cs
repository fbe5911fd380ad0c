using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Swarms.Hub.Gateway.OpenAi;
using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>Members who may not see costs find none behind any door.</summary>
public sealed partial class AudienceTests
{
    // No id, digest or time has this text but by a chance of one in many millions.
    private const string Secret = "7319373";

    private static readonly string Frames =
        Sse.Chunk("It costs ") + Sse.Chunk("\"cost\":5")
        + $"event: agent_mood\ndata: {{\"mood\": \"calm\", \"img_cost\": 0.{Secret}, \"note\": \"a cost\"}}\n\n"
        + $"event: usage\ndata: {{\"total_tokens\": 8, \"billing_info\": {{\"total_cost\": 0.{Secret}}}}}\n\n";

    // The calls that show costs to those who may see them. The test fails if one of them is missing: then it would prove nothing.
    private static readonly string[] Shows =
    [
        "GET /api/rooms/{room}", "GET /api/rooms/{room}/events", "GET /api/rooms/{room}/runs", "GET /api/rooms/{room}/runs/{run}",
        "GET /api/rooms/{room}/runs/{run}/transcript", "GET /api/rooms/{room}/runs/{run}/transcript?format=csv",
        "GET /api/rooms/{room}/runs/{run}/transcript?format=html",
        "GET /api/rooms/{room}/runs/{run}/transcript?format=json", "GET /api/rooms/{room}/runs/{run}/transcript?format=txt",
        "GET /api/rooms/{room}/transcript", "GET /api/rooms/{room}/transcript?format=csv",
        "GET /api/rooms/{room}/transcript?format=html", "GET /api/rooms/{room}/transcript?format=json",
        "GET /api/rooms/{room}/transcript?format=replay", "GET /api/rooms/{room}/transcript?format=txt", "GET /v1/usage/costs",
        "POST /api/join",
        "POST /api/rooms/{room}/runs",
        "POST /api/rooms/{room}/runs/{run}/cancel", "POST /v1/agent/completions", "POST /v1/chat/completions",
        "POST /v1/swarm/completions",
    ];

    [Theory]
    [InlineData(MemberRoles.Participant, MoneyAudiences.All, true)]
    [InlineData(MemberRoles.Participant, MoneyAudiences.Participants, true)]
    [InlineData(MemberRoles.Participant, MoneyAudiences.Hosts, false)]
    [InlineData(MemberRoles.Viewer, MoneyAudiences.Participants, false)]
    public async Task Every_Call_Answers_With_Costs_Or_Without_Any(string role, string showMoney, bool isShown)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        scripted.Upstream.Answer().Body(Frames + Sse.Done);
        var run = await StartAsync(host, "first");
        await host.EndsOnceAsync(run);
        await SpendAsync(scripted, run);
        await SetAsync(host, new { showMoney, budget = new { roomCost = $"1{Secret}" } });
        var showing = new List<string>();

        // On an open hub anybody is the operator, who sees what the hub spends and reads the credits.
        foreach (var call in Calls(scripted).Where(call => call != "GET /api/overview"))
        {
            // Some calls take the caller's rights away.
            var member = await host.InviteAsync(role);
            scripted.Upstream.AnswerLists(call == "GET /v1/usage/costs" ? $"[0.{Secret}]" : "[]");
            var answer = await CallAsync(scripted, host, member, call, run);
            if (answer.Contains(Secret, StringComparison.Ordinal))
                showing.Add(call);
        }

        // A viewer starts no runs, and so cancels none and calls no Swarms door.
        var expected = isShown ? Shows : [];
        Assert.Equal(expected, showing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Feeds_And_Streams_Have_Costs_For_The_Host_Alone()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        await SetAsync(host, new { showMoney = "hosts", budget = new { roomCost = $"1{Secret}" } });
        var participant = await host.InviteAsync(MemberRoles.Participant);
        var admitted = await host.PostAsync($"{host.Path}/programs", new { name = "Bot", role = "participant" });
        var program = admitted.Json.Deserialize<ProgramCreated>(ProtocolJson.Options)!;
        await using var viewer = await TestViewer.JoinAsync(scripted.Hub.Address, participant.Admission);
        await using var watching = await TestViewer.JoinAsync(
            scripted.Hub.Address, participant.Admission with { Member = program.Member, Token = program.Token });
        await using var all = await TestViewer.JoinAsync(scripted.Hub.Address, host.Admission);
        await using var feed = await FeedReader.OpenAsync(participant);
        scripted.Upstream.Answer().Body(Frames + Sse.Done);
        var run = await StartAsync(host, "first");

        var seen = new StringBuilder();
        await feed.UntilAsync(item =>
        {
            seen.Append(item.EventId).Append(' ').AppendLine(item.Data);
            return item.EventType == EventTypes.Done;
        });
        Assert.Equal(0.7319373m, (await all.EndOfAsync(run)).Usage!.Cost);
        foreach (var hidden in new[] { viewer, watching })
        {
            var ended = await hidden.EndOfAsync(run);
            Assert.Equal((8, null, "It costs \"cost\":5"), (ended.Usage!.TotalTokens, ended.Usage.Cost, ended.Text));
            Assert.DoesNotContain(Secret, string.Concat(hidden.Events.Select(e => e.Data.GetRawText())), StringComparison.Ordinal);
            Assert.Equal(Places(all.Events.Where(e => e.Run == run)), Places(hidden.Events.Where(e => e.Run == run)));
        }

        Assert.DoesNotContain(Secret, seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"mood\": \"calm\", \"img_cost\": null, \"note\": \"a cost\"", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cursor_Of_A_Page_Is_Refused_Once_The_Audience_Changed()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        var member = await host.InviteAsync(MemberRoles.Participant);
        var before = (await member.GetAsync($"{member.Path}/events?after=0")).Json.GetProperty("cursor").GetString();
        await SetAsync(host, new { showMoney = "hosts" });

        (await member.GetAsync($"{member.Path}/events?after={before}")).IsProblem(409, "conflict");
        Assert.Equal(200, (await host.GetAsync($"{host.Path}/events?after={before}")).Status);
        var snapshot = (await member.GetAsync(member.Path)).Json.GetProperty("cursor").GetString();
        Assert.Equal(200, (await member.GetAsync($"{member.Path}/events?after={snapshot}")).Status);
        (await host.GetAsync($"{host.Path}/events?after={snapshot}")).IsProblem(409, "conflict");
        // What a member has seen has the same place in every audience.
        var said = await member.PostAsync($"{member.Path}/messages", new { text = "a" });
        var reply = await member.PostAsync(
            $"{member.Path}/messages", new { text = "b", replyTo = said.Json.GetProperty("sequence").GetInt64(), cursor = (string?)null });
        Assert.Equal(201, reply.Status);
        Assert.Equal(204, (await host.PostAsync($"{host.Path}/reactions", new { target = 2, emoji = "👍", cursor = snapshot })).Status);
    }

    [Fact]
    public async Task Calls_Of_SignalR_Answer_With_Runs_Without_Costs()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var host = scripted.Host;
        var member = await host.InviteAsync(MemberRoles.Participant);
        scripted.Upstream.Answer().Body(Frames).Hang();
        await using var all = await TestViewer.JoinAsync(scripted.Hub.Address, host.Admission);
        var run = await StartAsync(member, "first");
        await all.WaitForEventAsync(e => e.Type == EventTypes.Usage);
        await using var hub = await HubCaller.ConnectAsync(member);
        Assert.Contains(Secret, (await hub.InvokeAsync("StartRun", member.Room, Start("first"))).GetRawText(), StringComparison.Ordinal);
        await SetAsync(host, new { showMoney = "hosts" });

        var started = await hub.InvokeAsync("StartRun", member.Room, Start("first"));
        var cancelled = await hub.InvokeAsync("CancelRun", member.Room, run);

        Assert.Equal((run, "cancelled"), (started.GetProperty("id").GetString(), cancelled.GetProperty("state").GetString()));
        foreach (var answer in new[] { started, cancelled })
        {
            Assert.Equal(8, answer.GetProperty("usage").GetProperty("totalTokens").GetInt32());
            Assert.DoesNotContain(Secret, answer.GetRawText(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(long Sequence, string Type)> Places(IEnumerable<RoomEvent> events) =>
        events.Select(e => (e.Sequence, e.Type));

    private static object Start(string key) => new
    {
        request = new { agent_config = new { agent_name = "Writer" }, task = "Tell a story" },
        kind = "agent",
        idempotencyKey = key,
    };

    private static async Task<string> StartAsync(MemberCaller caller, string key)
    {
        var answer = await caller.PostAsync($"{caller.Path}/runs", Start(key));
        Assert.Equal(202, answer.Status);
        return answer.Json.GetProperty("run").GetProperty("id").GetString()!;
    }

    private static async Task SetAsync(MemberCaller host, object settings) =>
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { settings })).Status);

    private static Task<long> SpendAsync(ScriptedHub scripted, string run)
    {
        var figures = new SpendingFigures { Runs = 1, Cost = $"0.{Secret}", HeldCost = $"2{Secret}" };
        var spending = new SpendingPayload(run, figures, figures with { Key = "m" }, figures, figures);
        var warning = new BudgetWarnedPayload(BudgetScopes.Room, null, 80, SpentCost: $"3{Secret}", LimitCost: $"4{Secret}");
        return scripted.Hub.Get<IRoomDirectory>().AppendAsync(
            scripted.Host.Room,
            [
                PendingEvent.Create(DateTimeOffset.UnixEpoch, EventTypes.Spending, null, spending),
                PendingEvent.Create(DateTimeOffset.UnixEpoch, EventTypes.BudgetWarned, null, warning),
            ],
            TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Calls(ScriptedHub scripted) => scripted.Hub.Get<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"))
        .Where(call => call.Contains(" /api/", StringComparison.Ordinal) || call.Contains(" /v1/", StringComparison.Ordinal))
        .SelectMany(call => call.EndsWith("transcript", StringComparison.Ordinal)
            ? [call, .. ((string[])["html", "json", "txt", "csv", "replay"]).Select(format => $"{call}?format={format}")]
            : (string[])[call])
        .Distinct();

    private static async Task<string> CallAsync(ScriptedHub scripted, MemberCaller host, MemberCaller member, string call, string run)
    {
        var role = member.Admission.Member.Role;
        if (role == MemberRoles.Participant
            && call is "POST /v1/agent/completions" or "POST /v1/chat/completions" or "POST /v1/swarm/completions")
        {
            scripted.Upstream.Answer().Body(Frames + Sse.Done);
        }
        else if (role == MemberRoles.Participant
            && call is "POST /api/rooms/{room}/runs" or "POST /api/rooms/{room}/runs/{run}/cancel")
        {
            // Both calls return the member's own run, as it is now.
            scripted.Upstream.Answer().Body(Frames + Sse.Done);
            run = await StartAsync(member, "key");
            await host.EndsOnceAsync(run);
        }

        var path = call.Split(' ')[1]
            .Replace("{room}", member.Room, StringComparison.Ordinal)
            .Replace("{run}", run, StringComparison.Ordinal)
            .Replace("{member}", member.Member, StringComparison.Ordinal);
        path = OtherVariable().Replace(path, "1");
        var body = call switch
        {
            "POST /api/join" => new { invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role })), name = "New" },
            "POST /api/rooms/{room}/runs" => Start("key"),
            "POST /v1/agent/completions" => (object)JsonElement.Parse(DoorCalls.Streamed),
            "POST /v1/chat/completions" => JsonElement.Parse(ChatCalls.NotStreamed),
            "POST /v1/swarm/completions" => JsonElement.Parse("""{"task":"Decide","stream":true}"""),
            "POST /api/rooms/{room}/messages" => new { text = "a" },
            _ => new { },
        };
        var isRead = call.StartsWith("GET ", StringComparison.Ordinal);
        var answer = await member.SendAsync(
            new HttpMethod(call.Split(' ')[0]), path,
            isRead ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        Assert.True(answer.Status < 500, $"{call}: {answer.Status} {answer.Text}");
        return answer.Text;
    }

    [GeneratedRegex(@"\{[a-z:]+\}")]
    private static partial Regex OtherVariable();
}
