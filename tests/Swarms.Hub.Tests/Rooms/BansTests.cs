using System.Text.Json;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class BansTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    private string Own => _hub.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Banned_Browser_Does_Not_Come_Back_And_The_Answer_Has_Its_Link()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "participant" });
        await host.CreateInviteAsync(new { role = "viewer" });
        var (member, cookie) = await JoinAsync(invite);

        var banned = await host.DeleteAsync($"{host.Path}/members/{member}?ban=true");

        Assert.Equal(200, banned.Status);
        Assert.Equal(Id(invite), Assert.Single(banned.Json.GetProperty("invites").EnumerateArray()).GetProperty("id").GetString());
        var ban = Assert.Single((await host.GetAsync($"{host.Path}/bans")).Json.GetProperty("bans").EnumerateArray());
        Assert.Equal(
            (banned.Json.GetProperty("ban").GetProperty("id").GetString(), "Mallory", host.Member),
            (ban.GetProperty("id").GetString(), ban.GetProperty("name").GetString(), ban.GetProperty("by").GetString()));
        (await TryJoinAsync(invite, cookie)).IsProblem(403, "forbidden");
        Assert.Equal(200, (await TryJoinAsync(invite, cookie: null)).Status);

        // Another room is not concerned.
        var other = await _hub.CreateRoomAsync();
        Assert.Equal(200, (await TryJoinAsync(await other.CreateInviteAsync(new { role = "viewer" }), cookie)).Status);
    }

    [Fact]
    public async Task Lifted_Ban_Lets_The_Browser_In_Again()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "participant" });
        var (member, cookie) = await JoinAsync(invite);
        var ban = (await host.DeleteAsync($"{host.Path}/members/{member}?ban=true")).Json.GetProperty("ban").GetProperty("id").GetString();

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/bans/{ban}")).Status);
        (await host.DeleteAsync($"{host.Path}/bans/{ban}")).IsProblem(404, "not_found");

        Assert.Equal(200, (await TryJoinAsync(invite, cookie)).Status);
        Assert.Empty((await host.GetAsync($"{host.Path}/bans")).Json.GetProperty("bans").EnumerateArray());
    }

    [Fact]
    public async Task Link_Is_Replaced_In_One_Step()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "participant" });

        var fresh = await host.CreateInviteAsync(new { role = "participant", replaces = Id(invite) });

        (await TryJoinAsync(invite, cookie: null)).IsProblem(404, "not_found");
        Assert.Equal(200, (await TryJoinAsync(fresh, cookie: null)).Status);
        (await host.PostAsync($"{host.Path}/invites", new { role = "viewer", replaces = Id(invite) })).IsProblem(404, "not_found");
        Assert.Equal([Id(fresh)], (await host.GetAsync($"{host.Path}/invites")).Json.GetProperty("invites").EnumerateArray()
            .Select(listed => listed.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Member_With_A_Token_Has_No_Browser_To_Ban()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");

        var banned = await host.DeleteAsync($"{host.Path}/members/{bob.Member}?ban=true");

        Assert.Equal((200, JsonValueKind.Null), (banned.Status, banned.Json.GetProperty("ban").ValueKind));
        Assert.Single(banned.Json.GetProperty("invites").EnumerateArray());
        (await bob.GetAsync(bob.Path)).IsProblem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task Only_Hosts_Ban_And_See_Bans(string role)
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync(role);

        (await bob.DeleteAsync($"{host.Path}/members/{host.Member}?ban=true")).IsProblem(403, "forbidden");
        (await bob.GetAsync($"{host.Path}/bans")).IsProblem(403, "forbidden");
        (await bob.DeleteAsync($"{host.Path}/bans/any")).IsProblem(403, "forbidden");
        (await bob.DeleteAsync($"{host.Path}/members/{bob.Member}?ban=true")).IsProblem(400, "invalid");
    }

    private async Task<(string Member, string Cookie)> JoinAsync(JsonElement invite)
    {
        var joined = await TryJoinAsync(invite, cookie: null);
        Assert.Equal(200, joined.Status);
        return (joined.Json.GetProperty("member").GetProperty("id").GetString()!, joined.Headers["Set-Cookie"].Split(';')[0]);
    }

    private Task<Answer> TryJoinAsync(JsonElement invite, string? cookie) => _hub.Anybody().PostAsync(
        "/api/join",
        new { invite = MemberCaller.Secret(invite), name = "Mallory", session = "cookie" },
        [("Origin", Own), .. cookie is null ? Array.Empty<(string, string)>() : [("Cookie", cookie)]]);

    private static string? Id(JsonElement invite) => invite.GetProperty("invite").GetProperty("id").GetString();
}
