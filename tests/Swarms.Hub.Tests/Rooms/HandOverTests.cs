using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class HandOverTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Room_Is_Handed_Over_In_One_Commit_And_Is_Never_Without_A_Host()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");

        var answer = await host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { });

        Assert.Equal(
            (200, bob.Member, "host"),
            (answer.Status, answer.Json.GetProperty("id").GetString(), answer.Json.GetProperty("role").GetString()));
        var roles = (await bob.GetAsync(bob.Path)).Json.GetProperty("members").EnumerateArray()
            .ToDictionary(member => member.GetProperty("id").GetString()!, member => member.GetProperty("role").GetString());
        Assert.Equal(("participant", "host"), (roles[host.Member], roles[bob.Member]));
        var changes = (await bob.GetAsync($"{bob.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray()
            .Where(e => e.GetProperty("type").GetString() == "member.changed")
            .Select(e => (e.GetProperty("by").GetString(), e.GetProperty("data").GetProperty("member").GetProperty("role").GetString()));
        Assert.Equal([(host.Member, "host"), (host.Member, "participant")], changes);
        (await host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { })).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Only_A_Host_Hands_Over_And_To_A_Member_Who_Is_There()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");

        (await bob.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { })).IsProblem(403, "forbidden");
        (await host.PostAsync($"{host.Path}/members/{host.Member}/hand-over", new { })).IsProblem(400, "invalid");
        (await host.PostAsync($"{host.Path}/members/nobody/hand-over", new { })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Host_Among_Others_Steps_Back_By_Handing_Over()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("host");

        Assert.Equal(200, (await host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { })).Status);
        (await bob.PatchAsync($"{bob.Path}/members/{bob.Member}", new { role = "viewer" })).IsProblem(409, "conflict");
    }

    [Fact]
    public async Task Programs_And_Links_Of_A_Host_Go_With_Its_Role()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        var program = (await host.PostAsync($"{host.Path}/programs", new { name = "Bot", role = "host" })).Json
            .GetProperty("member").GetProperty("id").GetString();
        await host.PostAsync($"{host.Path}/programs", new { name = "Scribe" });
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "host" }));
        (await host.PostAsync($"{host.Path}/members/{program}/hand-over", new { })).IsProblem(400, "invalid");

        Assert.Equal(200, (await host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { })).Status);

        Assert.Equal(["Scribe"], (await bob.GetAsync($"{bob.Path}/programs")).Json.GetProperty("programs").EnumerateArray()
            .Select(listed => listed.GetProperty("name").GetString()));
        (await _hub.Anybody().PostAsync("/api/join", new { invite, name = "Eve" })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Two_Hosts_Who_Hand_Over_To_Each_Other_Leave_One_Host()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("host");

        var answers = await Task.WhenAll(
            host.PostAsync($"{host.Path}/members/{bob.Member}/hand-over", new { }),
            bob.PostAsync($"{host.Path}/members/{host.Member}/hand-over", new { }));

        Assert.Contains(answers, answer => answer.Status == 200);
        var members = (await host.GetAsync(host.Path)).Json.GetProperty("members").EnumerateArray();
        Assert.Contains("host", members.Select(member => member.GetProperty("role").GetString()));
    }
}
