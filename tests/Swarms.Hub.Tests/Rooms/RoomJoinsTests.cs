using System.Text.Json;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class RoomJoinsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    private string Own => _hub.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Browser_That_Joins_Again_Is_The_Same_Member_With_Its_Name_And_Takes_No_Use()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer", maxUses = 1 });
        var (member, cookie) = await JoinAsync(invite);

        var again = await TryJoinAsync(invite, cookie, "Somebody else");
        var nameless = await TryJoinAsync(invite, cookie, name: null);

        Assert.Equal((200, member, "Bob"), (again.Status, Id(again), Member(again).GetProperty("name").GetString()));
        Assert.Equal((200, member), (nameless.Status, Id(nameless)));
        Assert.Equal(2, (await MembersAsync(host)).Count());
        (await TryJoinAsync(invite, cookie: null, "Eve")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Browser_That_Joins_Twice_At_Once_Is_One_Member()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer" });
        var other = await _hub.CreateRoomAsync();
        var (_, cookie) = await JoinAsync(await other.CreateInviteAsync(new { role = "viewer" }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TryJoinAsync(invite, cookie, $"Name {i}")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(Id).Distinct());
        Assert.Equal(2, (await MembersAsync(host)).Count());
    }

    [Fact]
    public async Task Newer_Invite_With_A_Higher_Role_Raises_The_Member_And_A_Lower_One_Does_Nothing()
    {
        var host = await _hub.CreateRoomAsync();
        var (member, cookie) = await JoinAsync(await host.CreateInviteAsync(new { role = "viewer" }));
        var higher = await host.CreateInviteAsync(new { role = "participant", maxUses = 1 });

        var raised = await TryJoinAsync(higher, cookie);
        var lower = await TryJoinAsync(await host.CreateInviteAsync(new { role = "viewer", maxUses = 1 }), cookie);

        Assert.Equal((member, "participant"), (Id(raised), Role(raised)));
        Assert.Equal((member, "participant"), (Id(lower), Role(lower)));
        (await TryJoinAsync(higher, cookie: null, "Eve")).IsProblem(404, "not_found");
        // The one that changed nothing still admits somebody.
        Assert.Equal([0], (await host.GetAsync($"{host.Path}/invites")).Json.GetProperty("invites").EnumerateArray()
            .Where(invite => invite.GetProperty("maxUses").ValueKind == JsonValueKind.Number)
            .Select(invite => invite.GetProperty("uses").GetInt32()));
    }

    [Fact]
    public async Task Role_That_A_Host_Lowered_Stays_Until_A_Host_Raises_It()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "participant" });
        var (member, cookie) = await JoinAsync(invite);
        await SetRoleAsync(host, member, "viewer");

        Assert.Equal((member, "viewer"), (Id(await TryJoinAsync(invite, cookie)), Role(await TryJoinAsync(invite, cookie))));
        var newer = await host.CreateInviteAsync(new { role = "participant" });
        Assert.Equal("viewer", Role(await TryJoinAsync(newer, cookie)));

        await SetRoleAsync(host, member, "participant");
        Assert.Equal("host", Role(await TryJoinAsync(await host.CreateInviteAsync(new { role = "host" }), cookie)));
    }

    [Fact]
    public async Task Invite_That_Admits_Nobody_Any_More_Raises_Nobody_And_Still_Finds_The_Member()
    {
        var host = await _hub.CreateRoomAsync();
        var (member, cookie) = await JoinAsync(await host.CreateInviteAsync(new { role = "viewer" }));
        var used = await host.CreateInviteAsync(new { role = "participant", maxUses = 1 });
        Assert.Equal(200, (await TryJoinAsync(used, cookie: null, "Eve")).Status);

        var again = await TryJoinAsync(used, cookie);

        Assert.Equal((member, "viewer"), (Id(again), Role(again)));
    }

    [Fact]
    public async Task Member_Who_Left_Comes_Back_As_A_New_Member()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer" });
        var (member, cookie) = await JoinAsync(invite);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{member}")).Status);

        (await TryJoinAsync(invite, cookie, name: null)).IsProblem(400, "invalid");
        var back = await TryJoinAsync(invite, cookie);

        Assert.Equal(200, back.Status);
        Assert.NotEqual(member, Id(back));
    }

    [Fact]
    public async Task Program_That_Joins_Again_With_Its_Token_Is_The_Same_Member_With_The_Same_Token()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "participant" }));

        var again = await bob.PostAsync("/api/join", new { invite, name = "Other" });

        Assert.Equal((bob.Member, "participant"), (Id(again), Role(again)));
        Assert.Equal(bob.Admission.Token, again.Json.GetProperty("token").GetString());

        // The token of another room is nobody here.
        var elsewhere = await _hub.CreateRoomAsync();
        var stranger = await elsewhere.PostAsync("/api/join", new { invite, name = "Eve" });
        Assert.Equal(200, stranger.Status);
        Assert.NotEqual(elsewhere.Admission.Token, stranger.Json.GetProperty("token").GetString());
    }

    [Fact]
    public async Task Runs_Stay_With_The_Member_That_Joins_Again()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        var run = await bob.StartRunAsync(new { chunksPerSecond = 1, chunks = 1_000 });
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "participant" }));

        await bob.PostAsync("/api/join", new { invite, name = "Bob" });

        Assert.Equal("cancelled", (await bob.PostAsync($"{host.Path}/runs/{run}/cancel", new { })).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Look_Names_The_Room_And_Its_Hosts_And_Uses_Nothing_Up()
    {
        var host = await _hub.CreateRoomAsync("Biology");
        await host.InviteAsync("host", "Grace");
        await host.InviteAsync("viewer", "Eve");
        var invite = await host.CreateInviteAsync(new { role = "participant", maxUses = 1 });

        var (secret, code) = (MemberCaller.Secret(invite), invite.GetProperty("code").GetString());
        foreach (var body in (object[])[new { invite = secret }, new { code }])
        {
            var look = await _hub.Anybody().PostAsync("/api/invites/look", body);
            Assert.Equal(200, look.Status);
            Assert.Equal("Biology", look.Json.GetProperty("room").GetProperty("name").GetString());
            Assert.Equal(["Ann", "Grace"], look.Json.GetProperty("hosts").EnumerateArray().Select(name => name.GetString()));
            Assert.Equal("participant", look.Json.GetProperty("role").GetString());
            Assert.Equal(
                invite.GetProperty("invite").GetProperty("expiresAt").GetString(), look.Json.GetProperty("expiresAt").GetString());
            // Nobody learns anything more of the room.
            Assert.Equal(["expiresAt", "hosts", "role", "room"], look.Json.EnumerateObject().Select(field => field.Name).Order());
            Assert.Equal(["name"], look.Json.GetProperty("room").EnumerateObject().Select(field => field.Name));
        }

        Assert.Equal(200, (await TryJoinAsync(invite, cookie: null)).Status);
        (await LookAsync(invite)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Look_Tells_A_Member_That_It_Is_One_Also_By_An_Invite_That_Is_Used_Up()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer", maxUses = 1 });
        var (member, cookie) = await JoinAsync(invite);

        var look = await LookAsync(invite, cookie);

        Assert.Equal((200, member), (look.Status, Member(look).GetProperty("id").GetString()));
        // A page of another origin learns nothing by the browser's cookie.
        var foreign = await _hub.Anybody().PostAsync(
            "/api/invites/look", new { invite = MemberCaller.Secret(invite) }, [("Cookie", cookie), ("Origin", "https://evil.example")]);
        Assert.NotEqual(200, foreign.Status);
    }

    [Fact]
    public async Task Look_At_Nothing_Is_Refused()
    {
        (await _hub.Anybody().PostAsync("/api/invites/look", new { code = "ABC-DEF-GHJ" })).IsProblem(404, "not_found");
        (await _hub.Anybody().PostAsync("/api/invites/look", new { invite = "wrong" })).IsProblem(404, "not_found");
        (await _hub.Anybody().PostAsync("/api/invites/look", new { })).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Looks_By_Wrong_Codes_Count_As_Wrong_Joins()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxFailedJoinsPerMinute", "2"));
        for (var i = 0; i < 2; i++)
            (await hub.Anybody().PostAsync("/api/invites/look", new { code = $"ABC-DEF-GH{i}" })).IsProblem(404, "not_found");

        (await hub.Anybody().PostAsync("/api/join", new { code = "ABC-DEF-GHJ", name = "Eve" })).IsProblem(429, "rate_limited");
        (await hub.Anybody().PostAsync("/api/invites/look", new { code = "ABC-DEF-GHJ" })).IsProblem(429, "rate_limited");
    }

    private Task<Answer> LookAsync(JsonElement invite, string? cookie = null) => _hub.Anybody().PostAsync(
        "/api/invites/look", new { invite = MemberCaller.Secret(invite) }, Headers(cookie));

    private async Task<(string Member, string Cookie)> JoinAsync(JsonElement invite)
    {
        var joined = await TryJoinAsync(invite, cookie: null);
        Assert.Equal(200, joined.Status);
        return (Id(joined), joined.Headers["Set-Cookie"].Split(';')[0]);
    }

    private Task<Answer> TryJoinAsync(JsonElement invite, string? cookie, string? name = "Bob") => _hub.Anybody().PostAsync(
        "/api/join", new { invite = MemberCaller.Secret(invite), name, session = "cookie" }, Headers(cookie));

    private (string, string)[] Headers(string? cookie) =>
        [("Origin", Own), .. cookie is null ? Array.Empty<(string, string)>() : [("Cookie", cookie)]];

    private static async Task SetRoleAsync(MemberCaller host, string member, string role) =>
        Assert.Equal(200, (await host.PatchAsync($"{host.Path}/members/{member}", new { role })).Status);

    private static async Task<IEnumerable<JsonElement>> MembersAsync(MemberCaller caller) =>
        (await caller.GetAsync(caller.Path)).Json.GetProperty("members").EnumerateArray();

    private static JsonElement Member(Answer answer) => answer.Json.GetProperty("member");

    private static string Id(Answer answer) => Member(answer).GetProperty("id").GetString()!;

    private static string? Role(Answer answer) => Member(answer).GetProperty("role").GetString();
}
