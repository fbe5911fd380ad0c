using System.Text.Json;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class RoomMembersTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Removed_Host_Does_Not_Come_Back_By_An_Invite_That_He_Made()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host", "Quinn");
        var invites = new List<JsonElement>();
        foreach (var role in new[] { "host", "participant", "viewer" })
            invites.Add(await other.CreateInviteAsync(new { role }));

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{other.Member}")).Status);

        foreach (var invite in invites)
        {
            (await JoinAsync(new { invite = MemberCaller.Secret(invite), name = "Quinn" })).IsProblem(404, "not_found");
            (await JoinAsync(new { code = invite.GetProperty("code").GetString(), name = "Quinn" })).IsProblem(404, "not_found");
        }

        var left = Assert.Single((await host.GetAsync($"{host.Path}/invites")).Json.GetProperty("invites").EnumerateArray());
        Assert.Equal(host.Member, left.GetProperty("by").GetString());
    }

    [Fact]
    public async Task Host_Who_Leaves_Takes_His_Invites_Along()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var invite = await other.CreateInviteAsync(new { role = "host" });

        Assert.Equal(204, (await other.DeleteAsync($"{host.Path}/members/{other.Member}")).Status);

        (await JoinAsync(new { invite = MemberCaller.Secret(invite), name = "Bob" })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Demoted_Host_Loses_The_Invites_Above_His_Role_And_Keeps_The_Others()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var above = await other.CreateInviteAsync(new { role = "host" });
        var below = await other.CreateInviteAsync(new { role = "participant" });

        Assert.Equal(200, (await host.PatchAsync($"{host.Path}/members/{other.Member}", new { role = "participant" })).Status);

        (await JoinAsync(new { invite = MemberCaller.Secret(above), name = "Bob" })).IsProblem(404, "not_found");
        Assert.Equal(200, (await JoinAsync(new { invite = MemberCaller.Secret(below), name = "Eve" })).Status);
    }

    [Fact]
    public async Task Hosts_Who_Remove_Each_Other_At_The_Same_Moment_Leave_Exactly_One()
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _hub.CreateRoomAsync();
            var other = await host.InviteAsync("host");

            var answers = await Task.WhenAll(
                host.DeleteAsync($"{host.Path}/members/{other.Member}"), other.DeleteAsync($"{host.Path}/members/{host.Member}"));

            Assert.Equal(1, answers.Count(answer => answer.Status == 204));
            answers.Single(answer => answer.Status != 204).IsProblem(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task Invite_That_A_Host_Makes_While_He_Is_Removed_Admits_Nobody()
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _hub.CreateRoomAsync();
            var other = await host.InviteAsync("host");

            var making = other.PostAsync($"{host.Path}/invites", new { role = "host" });
            Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{other.Member}")).Status);
            var made = await making;

            if (made.Status == 201)
                (await JoinAsync(new { invite = MemberCaller.Secret(made.Json), name = "Quinn" })).IsProblem(404, "not_found");
            else
                made.IsProblem(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task Nothing_By_A_Member_Follows_Its_Removal_In_The_Log()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        var speaking = Enumerable.Range(0, 8).Select(async i =>
        {
            while ((await bob.PostAsync($"{bob.Path}/messages", new { text = $"{i}" })).Status == 201)
            {
            }
        }).ToList();
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);
        await Task.WhenAll(speaking);

        var events = new List<JsonElement>();
        for (var cursor = "0"; (await PageAsync(cursor)) is { } page && page.GetProperty("events").GetArrayLength() > 0;)
        {
            events.AddRange(page.GetProperty("events").EnumerateArray());
            cursor = page.GetProperty("cursor").GetString()!;
        }

        var left = events.FindIndex(e => e.GetProperty("type").GetString() == "member.left");
        Assert.True(left >= 0);
        Assert.DoesNotContain(events[left..], e => e.TryGetProperty("by", out var by) && by.GetString() == bob.Member);

        async Task<JsonElement> PageAsync(string after) => (await host.GetAsync($"{host.Path}/events?limit=1000&after={after}")).Json;
    }

    private Task<Answer> JoinAsync<T>(T request) => _hub.Anybody().PostAsync("/api/join", request);
}
