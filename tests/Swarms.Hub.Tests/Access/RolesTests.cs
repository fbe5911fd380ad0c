using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

/// <summary>Checks the table at the end of PROTOCOL.md, row by row, over HTTP and over the hub.</summary>
public sealed class RolesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("host")]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Everybody_Watches_Searches_And_Exports(string role)
    {
        var (_, member) = await RoomWithAsync(role);
        foreach (var path in new[] { "", "/events", "/runs", "/runs?q=story", "/transcript" })
            Assert.Equal(200, (await member.GetAsync(member.Path + path)).Status);

        await using var feed = await FeedReader.OpenAsync(member);
        Assert.Equal("snapshot", (await feed.NextAsync())?.EventType);
        await using var hub = await HubCaller.ConnectAsync(member);
        Assert.Equal(
            "snapshot",
            (await hub.Watch(member.Room).ReadAsync(TestContext.Current.CancellationToken).InTime()).GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("host")]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Everybody_Speaks_Reacts_And_Raises_A_Hand(string role)
    {
        var (_, member) = await RoomWithAsync(role);
        var said = await member.PostAsync($"{member.Path}/messages", new { text = "hello" });
        Assert.Equal(201, said.Status);
        await using var hub = await HubCaller.ConnectAsync(member);
        await hub.InvokeAsync("Say", member.Room, "hello again");
        await hub.InvokeAsync("React", member.Room, said.Json.GetProperty("sequence").GetInt64(), "👍");
        await hub.InvokeAsync("RaiseHand", member.Room);

        var me = (await member.GetAsync(member.Path)).Json.GetProperty("me");
        Assert.True(me.GetProperty("handRaised").GetBoolean());
        await hub.InvokeAsync("LowerHand", member.Room);
    }

    [Theory]
    [InlineData("host", true)]
    [InlineData("participant", true)]
    [InlineData("viewer", false)]
    public async Task Hosts_And_Participants_Start_Runs(string role, bool isAllowed)
    {
        var (_, member) = await RoomWithAsync(role);
        var request = new { task = "x", simulation = new { chunksPerSecond = 0, chunks = 1 } };
        await using var hub = await HubCaller.ConnectAsync(member);

        var overHttp = await member.PostAsync($"{member.Path}/runs", new { request });
        var atTheDoor = await member.PostAsync("/v1/agent/completions", request);
        if (isAllowed)
        {
            Assert.Equal((202, 200), (overHttp.Status, atTheDoor.Status));
            Assert.Equal("queued", (await hub.InvokeAsync("StartRun", member.Room, new { request })).GetProperty("state").GetString());
        }
        else
        {
            overHttp.IsProblem(403, "forbidden");
            atTheDoor.IsDetail(403);
            await hub.IsRefusedAsync("forbidden", "StartRun", member.Room, new { request });
            Assert.Empty((await member.GetAsync(member.Path)).Json.GetProperty("runs").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("host", true, true)]
    [InlineData("participant", true, false)]
    [InlineData("viewer", false, false)]
    public async Task Hosts_Cancel_Any_Run_And_Participants_Their_Own(string role, bool own, bool others)
    {
        var (host, member) = await RoomWithAsync(role);
        await using var hub = await HubCaller.ConnectAsync(member);
        var silent = new { chunks = 4, chunksPerSecond = 0, fault = "silence" };
        foreach (var isOverHub in new[] { false, true })
        {
            await CancelAsync(await host.StartRunAsync(silent), others);
            if (own)
                await CancelAsync(await member.StartRunAsync(silent), true);

            async Task CancelAsync(string run, bool isAllowed)
            {
                if (isAllowed && isOverHub)
                    Assert.Equal("cancelled", (await hub.InvokeAsync("CancelRun", member.Room, run)).GetProperty("state").GetString());
                else if (isAllowed)
                {
                    Assert.Equal(
                        "cancelled",
                        (await member.PostAsync($"{member.Path}/runs/{run}/cancel", new { })).Json.GetProperty("state").GetString());
                }
                else if (isOverHub)
                    await hub.IsRefusedAsync("forbidden", "CancelRun", member.Room, run);
                else
                    (await member.PostAsync($"{member.Path}/runs/{run}/cancel", new { })).IsProblem(403, "forbidden");

                if (!isAllowed)
                    await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { });
            }
        }
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Only_Hosts_Rule_The_Room(string role)
    {
        var (host, member) = await RoomWithAsync(role);
        var invite = await host.CreateInviteAsync(new { role = "viewer" });

        (await member.PostAsync($"{member.Path}/invites", new { role = "viewer" })).IsProblem(403, "forbidden");
        (await member.DeleteAsync($"{member.Path}/invites/{invite.GetProperty("invite").GetProperty("id").GetString()}"))
            .IsProblem(403, "forbidden");
        (await member.PatchAsync($"{member.Path}/members/{member.Member}", new { role = "host" })).IsProblem(403, "forbidden");
        (await member.PatchAsync($"{member.Path}/members/{host.Member}", new { name = "Fool" })).IsProblem(403, "forbidden");
        (await member.DeleteAsync($"{member.Path}/members/{host.Member}")).IsProblem(403, "forbidden");
        (await member.PatchAsync(member.Path, new { name = "Mine" })).IsProblem(403, "forbidden");
        (await member.DeleteAsync(member.Path)).IsProblem(403, "forbidden");
        Assert.Equal(200, (await member.PatchAsync($"{member.Path}/members/{member.Member}", new { name = "Robert" })).Status);
        Assert.Equal(204, (await member.DeleteAsync($"{member.Path}/members/{member.Member}")).Status);
    }

    [Fact]
    public async Task Hosts_Rule_The_Room()
    {
        var (host, member) = await RoomWithAsync("viewer");

        Assert.Equal("Chemistry", (await host.PatchAsync(host.Path, new { name = " Chemistry " })).Json.GetProperty("name").GetString());
        var changed = (await host.PatchAsync($"{host.Path}/members/{member.Member}", new { role = "participant", name = "Robert" })).Json;
        Assert.Equal(("participant", "Robert"), (changed.GetProperty("role").GetString(), changed.GetProperty("name").GetString()));
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{member.Member}")).Status);
        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);
        (await host.GetAsync(host.Path)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_Change_Of_Role_Counts_From_The_Next_Call_On_Every_Connection()
    {
        var (host, member) = await RoomWithAsync("viewer");
        await using var hub = await HubCaller.ConnectAsync(member);
        var run = new { request = new { task = "x", simulation = new { chunksPerSecond = 0, chunks = 1 } } };
        await hub.IsRefusedAsync("forbidden", "StartRun", member.Room, run);

        await host.PatchAsync($"{host.Path}/members/{member.Member}", new { role = "participant" });
        await hub.InvokeAsync("StartRun", member.Room, run);
        Assert.Equal(202, (await member.PostAsync($"{member.Path}/runs", run)).Status);

        await host.PatchAsync($"{host.Path}/members/{member.Member}", new { role = "viewer" });
        await hub.IsRefusedAsync("forbidden", "StartRun", member.Room, run);
        (await member.PostAsync($"{member.Path}/runs", run)).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_Room_Keeps_Its_Last_Host()
    {
        var (host, member) = await RoomWithAsync("participant");

        (await host.DeleteAsync($"{host.Path}/members/{host.Member}")).IsProblem(409, "conflict");
        (await host.PatchAsync($"{host.Path}/members/{host.Member}", new { role = "viewer" })).IsProblem(409, "conflict");

        await host.PatchAsync($"{host.Path}/members/{member.Member}", new { role = "host" });
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{host.Member}")).Status);
    }

    [Fact]
    public async Task Of_Two_Hosts_Who_Leave_At_Once_One_Stays()
    {
        for (var i = 0; i < 5; i++)
        {
            var (host, other) = await RoomWithAsync("host");

            var answers = await Task.WhenAll(
                host.DeleteAsync($"{host.Path}/members/{host.Member}"), other.DeleteAsync($"{host.Path}/members/{other.Member}"));

            Assert.Equal([204, 409], answers.Select(answer => answer.Status).Order());
        }
    }

    [Fact]
    public async Task A_Hand_Raised_Twice_At_Once_Is_One_Event_And_So_Is_A_Reaction()
    {
        var (_, member) = await RoomWithAsync("viewer");
        var said = (await member.PostAsync($"{member.Path}/messages", new { text = "hello" })).Json.GetProperty("sequence").GetInt64();
        var hubs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HubCaller.ConnectAsync(member)));

        await Task.WhenAll(hubs.SelectMany(hub => new Task[]
        {
            hub.InvokeAsync("RaiseHand", member.Room), hub.InvokeAsync("React", member.Room, said, "👍"),
            hub.InvokeAsync("React", member.Room, 1, "🎉"),
        }));

        var types = (await member.GetAsync($"{member.Path}/events")).Json.GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("type").GetString())
            .ToList();
        Assert.Equal((1, 2), (types.Count("hand.raised".Equals), types.Count("reaction".Equals)));
        foreach (var hub in hubs)
            await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_Token_Of_Another_Room_Finds_Nothing()
    {
        var host = await _hub.CreateRoomAsync();
        var stranger = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunksPerSecond = 0, chunks = 1 })).GetProperty("id").GetString();

        foreach (var path in new[] { "", "/events", "/runs", $"/runs/{run}", "/transcript" })
            (await stranger.GetAsync(host.Path + path)).IsProblem(404, "not_found");

        (await stranger.GetAsync($"{stranger.Path}/runs/{run}")).IsProblem(404, "not_found");
        (await stranger.PostAsync($"{host.Path}/messages", new { text = "x" })).IsProblem(404, "not_found");
        (await stranger.DeleteAsync(host.Path)).IsProblem(404, "not_found");
        (await stranger.DeleteAsync($"{stranger.Path}/members/{host.Member}")).IsProblem(404, "not_found");
        await using var hub = await HubCaller.ConnectAsync(stranger);
        await hub.IsRefusedAsync("not_found", "Say", host.Room, "x");
        await hub.IsRefusedAsync("not_found", "CancelRun", stranger.Room, run);
        await HubCaller.EndsAsync(hub.Watch(host.Room), "not_found");
    }

    private async Task<(MemberCaller Host, MemberCaller Member)> RoomWithAsync(string role)
    {
        var host = await _hub.CreateRoomAsync();
        return (host, await host.InviteAsync(role));
    }
}
