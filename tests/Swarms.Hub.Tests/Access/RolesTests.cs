using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

/// <summary>
/// Roles that change, and calls for things of another room. Each cell of the roles' table is in <see cref="RoleTableTests"/>.
/// </summary>
public sealed class RolesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

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

        (await stranger.GetAsync($"{stranger.Path}/runs/{run}")).IsProblem(404, "not_found");
        (await stranger.DeleteAsync($"{stranger.Path}/members/{host.Member}")).IsProblem(404, "not_found");
        await using var hub = await HubCaller.ConnectAsync(stranger);
        await hub.IsRefusedAsync("not_found", "CancelRun", stranger.Room, run);
        await HubCaller.EndsAsync(hub.Watch(host.Room), "not_found");
    }

    private async Task<(MemberCaller Host, MemberCaller Member)> RoomWithAsync(string role)
    {
        var host = await _hub.CreateRoomAsync();
        return (host, await host.InviteAsync(role));
    }
}
