using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class InvitesApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("host")]
    [InlineData("participant")]
    [InlineData("viewer")]
    public async Task An_Invite_Admits_With_Its_Role_By_Link_And_By_Code(string role)
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role });

        var byLink = await JoinAsync(new { invite = MemberCaller.Secret(invite), name = "Bob" });
        var byCode = await JoinAsync(new { code = invite.GetProperty("code").GetString(), name = "Eve" });

        Assert.Equal((200, role), (byLink.Status, byLink.Json.GetProperty("member").GetProperty("role").GetString()));
        Assert.Equal((200, role), (byCode.Status, byCode.Json.GetProperty("member").GetProperty("role").GetString()));
        Assert.Equal(host.Room, byCode.Json.GetProperty("room").GetProperty("id").GetString());
        Assert.StartsWith($"{_hub.Address}join#", invite.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Code_Is_Taken_As_People_Type_It()
    {
        var host = await _hub.CreateRoomAsync();
        var code = (await host.CreateInviteAsync(new { role = "viewer" })).GetProperty("code").GetString()!;

        Assert.Equal(200, (await JoinAsync(new { code = code.ToLowerInvariant(), name = "Bob" })).Status);
        Assert.Equal(200, (await JoinAsync(new { code = $"  {code.Replace('-', ' ')} ", name = "Eve" })).Status);
        Assert.Equal(
            200, (await JoinAsync(new { code = code.Replace("-", "", StringComparison.Ordinal), invite = "", name = "Zoe" })).Status);
    }

    [Fact]
    public async Task An_Invite_Admits_As_Many_As_It_Says_Even_If_They_Come_At_Once()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer", maxUses = 3 });

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => JoinAsync(new { invite = MemberCaller.Secret(invite), name = $"Guest {i}" })));

        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(404, "not_found"));
        Assert.Equal(4, (await host.GetAsync(host.Path)).Json.GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task An_Invite_Ends_With_Its_Time()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var secret = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer", expiresInSeconds = 60 }));
        var invite = new { invite = secret, name = "Bob" };

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", invite)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        (await hub.Anybody().PostAsync("/api/join", invite)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task An_Invite_That_Was_Taken_Back_Admits_Nobody()
    {
        var host = await _hub.CreateRoomAsync();
        var stranger = await _hub.CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new { role = "viewer" });
        var id = invite.GetProperty("invite").GetProperty("id").GetString();

        (await stranger.DeleteAsync($"{stranger.Path}/invites/{id}")).IsProblem(404, "not_found");
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/invites/{id}")).Status);
        (await host.DeleteAsync($"{host.Path}/invites/{id}")).IsProblem(404, "not_found");
        (await JoinAsync(new { invite = MemberCaller.Secret(invite), name = "Bob" })).IsProblem(404, "not_found");
        (await JoinAsync(new { code = invite.GetProperty("code").GetString(), name = "Bob" })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Hosts_List_The_Invites_That_Still_Admit_Without_Their_Secrets()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var once = await other.CreateInviteAsync(new { role = "viewer", maxUses = 1 });
        var twice = await other.CreateInviteAsync(new { role = "participant", maxUses = 2, expiresInSeconds = 60 });
        await JoinAsync(new { invite = MemberCaller.Secret(once), name = "Zoe" });
        await JoinAsync(new { invite = MemberCaller.Secret(twice), name = "Eve" });

        var listed = await host.GetAsync($"{host.Path}/invites");

        var invites = listed.Json.GetProperty("invites").EnumerateArray().ToList();
        Assert.Equal(2, invites.Count);
        Assert.Equal(
            (twice.GetProperty("invite").GetProperty("id").GetString(), "participant", 1, 2, other.Member),
            (invites[0].GetProperty("id").GetString(), invites[0].GetProperty("role").GetString(),
                invites[0].GetProperty("uses").GetInt32(), invites[0].GetProperty("maxUses").GetInt32(),
                invites[0].GetProperty("by").GetString()));
        Assert.Equal((host.Member, 1), (invites[1].GetProperty("by").GetString(), invites[1].GetProperty("uses").GetInt32()));
        Assert.DoesNotContain(MemberCaller.Secret(twice), listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(twice.GetProperty("code").GetString()!, listed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("participant")]
    public async Task Only_Hosts_List_Invites(string role)
    {
        var host = await _hub.CreateRoomAsync();
        (await (await host.InviteAsync(role)).GetAsync($"{host.Path}/invites")).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"role":"king"}""")]
    [InlineData("""{"role":null}""")]
    [InlineData("""{"role":"viewer","maxUses":0}""")]
    [InlineData("""{"role":"viewer","maxUses":1.5}""")]
    [InlineData("""{"role":"viewer","expiresInSeconds":0}""")]
    [InlineData("""{"role":"viewer","expiresInSeconds":2592001}""")]
    [InlineData("""{"role":"viewer","expiresInSeconds":99999999999999999999}""")]
    public async Task An_Invite_That_Makes_No_Sense_Is_Refused(string body)
    {
        var host = await _hub.CreateRoomAsync();
        (await host.PostTextAsync($"{host.Path}/invites", body)).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Wrong_Codes_Are_Limited_And_No_Right_Code_Or_Link_Is_Refused_For_Them()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxFailedJoinsPerMinute", "3"));
        var host = await hub.CreateRoomAsync();
        var created = await host.CreateInviteAsync(new { role = "viewer" });
        var invite = MemberCaller.Secret(created);
        for (var i = 0; i < 10; i++)
            Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", new { invite, name = $"Bob {i}" })).Status);

        for (var i = 0; i < 10; i++)
            (await hub.Anybody().PostAsync("/api/join", new { invite = $"wrong-link-{i}", name = "Eve" })).IsProblem(404, "not_found");

        for (var i = 0; i < 3; i++)
            (await hub.Anybody().PostAsync("/api/join", new { code = $"WRNG-{i}", name = "Eve" })).IsProblem(404, "not_found");

        var refused = (await hub.Anybody().PostAsync("/api/join", new { code = "WRNG", name = "Eve" })).IsProblem(429, "rate_limited");
        Assert.Equal("60", refused.Headers["Retry-After"]);
        Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Zoe" })).Status);
        var code = created.GetProperty("code").GetString();
        Assert.Equal(200, (await hub.Anybody().PostAsync("/api/join", new { code, name = "Bob" })).Status);
    }

    [Fact]
    public async Task Invite_That_Is_Used_Up_Or_Expired_Is_No_Guess()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxFailedJoinsPerMinute", "1"));
        var host = await hub.CreateRoomAsync();
        var code = (await host.CreateInviteAsync(new { role = "viewer", maxUses = 1 })).GetProperty("code").GetString();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => hub.Anybody().PostAsync("/api/join", new { code, name = "Bob" })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(404, "not_found"));
        (await hub.Anybody().PostAsync("/api/join", new { code = "WRNG", name = "Eve" })).IsProblem(404, "not_found");
    }

    private Task<Answer> JoinAsync<T>(T request) => _hub.Anybody().PostAsync("/api/join", request);
}
