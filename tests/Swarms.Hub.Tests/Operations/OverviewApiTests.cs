using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Operations;

public sealed class OverviewApiTests
{
    [Fact]
    public async Task Operator_Sees_Rooms_Members_Runs_Spending_And_The_Store()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var ben = await scripted.Host.InviteAsync(MemberRoles.Participant, "Ben");
        Assert.Equal(204, (await ben.DeleteAsync($"{ben.Path}/members/{ben.Member}")).Status);
        await scripted.Hub.CreateRoomAsync("Biology");
        scripted.Upstream.Answer().Body(
            Sse.Chunk("Once") + "event: usage\ndata: {\"input_tokens\":30,\"output_tokens\":70,\"total_cost\":0.5}\n\n" + Sse.Done);
        await scripted.Host.EndedAsync((await scripted.Host.StartAsync()).Id);
        scripted.AnswerAndHang(1);
        await scripted.Host.SeenAsync(EventTypes.Chunk, (await scripted.Host.StartAsync()).Id);
        await using var feed = await FeedReader.OpenAsync(scripted.Host);
        await feed.NextAsync();

        // The feeds that the helpers opened are closed by their callers, and a moment later by the hub.
        await Until.TrueAsync(async () => (await ReadAsync(scripted.Hub)).Viewers == 1);
        var hub = await ReadAsync(scripted.Hub);

        Assert.Equal((2L, 2L), (hub.Rooms, hub.Members));
        Assert.Equal(new OverviewRuns(1, 0, 0, 0), hub.Runs);
        var day = Assert.Single(hub.Spending);
        Assert.Equal((100L, 0.5m), (day.Tokens, day.Cost));
        Assert.Equal(new OverviewRoom(scripted.Host.Room, "Physics", 1, 1, 1, 100), Assert.Single(hub.BusyRooms));
        Assert.InRange(hub.Store.Bytes, 4_096, 100_000_000);
        Assert.Null(hub.Store.FailingSince);
        Assert.Empty(hub.Obstacles);
    }

    [Fact]
    public async Task Hub_That_Drains_Says_So()
    {
        await using var hub = HubUnderTest.Start();

        hub.Get<RunRegistry>().Drain();

        Assert.NotEmpty((await ReadAsync(hub)).Obstacles);
    }

    [Fact]
    public async Task Overview_Takes_The_Operators_Key_Beyond_Loopback()
    {
        await using var hub = HubUnderTest.Start(("urls", "http://0.0.0.0:0"), ("Access:OperatorKey", "a-key-of-the-operator"));
        var created = await new Caller(hub.Address, "a-key-of-the-operator").PostAsync("/api/rooms", new { name = "Physics" });

        (await hub.Anybody().GetAsync("/api/overview")).IsProblem(401, "unauthenticated");
        (await new MemberCaller(hub.Address, created.Json).GetAsync("/api/overview")).IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await new Caller(hub.Address, "a-key-of-the-operator").GetAsync("/api/overview")).Status);
    }

    [Fact]
    public async Task Blind_Group_Spends_Nothing_In_The_Overview_Before_Its_Reveal()
    {
        await using var scripted = await ScriptedHub.StartAsync();

        await scripted.FinishGroupAsync(isBlind: true);

        Assert.Empty((await ReadAsync(scripted.Hub)).Spending);
    }

    private static async Task<HubOverview> ReadAsync(HubUnderTest hub)
    {
        var answer = await hub.Anybody().GetAsync("/api/overview");
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.Deserialize<HubOverview>(ProtocolJson.Options)!;
    }
}
