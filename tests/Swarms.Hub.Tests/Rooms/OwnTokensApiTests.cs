using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class OwnTokensApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Exchange_Gives_A_Token_That_Works_And_Ends_The_Old_One_With_All_That_It_Opened()
    {
        var host = await _hub.CreateRoomAsync();
        using var idle = await BareViewer.WatchAsync(_hub.Address, ("Authorization", $"Bearer {host.Token}"));
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.NextAsync();
        var ticket = (await host.PostAsync("/api/tickets", new { })).Json.GetProperty("ticket").GetString();

        var renewed = await host.PostAsync($"{host.Path}/members/me/token", new { });

        Assert.Equal(201, renewed.Status);
        var fresh = new Caller(_hub.Address, renewed.Json.GetProperty("token").GetString());
        Assert.Equal(host.Member, (await fresh.GetAsync(host.Path)).Json.GetProperty("me").GetProperty("id").GetString());
        (await host.GetAsync(host.Path)).IsProblem(401, "unauthenticated");
        (await host.PostAsync($"{host.Path}/members/me/token", new { })).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().GetAsync($"{host.Path}/events?access_token={ticket}")).IsProblem(401, "unauthenticated");
        Assert.Equal("unauthenticated", await feed.ClosedAsync());
        Assert.Equal((4401, ErrorCodes.Unauthenticated), await idle.ClosedAsync());
    }

    [Fact]
    public async Task Only_One_Of_Two_Exchanges_At_Once_Gets_A_Token()
    {
        var host = await _hub.CreateRoomAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => host.PostAsync($"{host.Path}/members/me/token", new { })));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.IsProblem(401, "unauthenticated"));
    }

    [Fact]
    public async Task Token_With_A_Lifetime_Ends_With_It_And_Its_Connections_Too()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var created = await hub.Anybody().PostAsync("/api/rooms", new { name = "Room", expiresInSeconds = 60 });
        var host = new MemberCaller(hub.Address, created.Json);
        Assert.Equal(time.GetUtcNow().AddSeconds(60), created.Json.GetProperty("expiresAt").GetDateTimeOffset());
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.NextAsync();

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
        time.Advance(TimeSpan.FromSeconds(1));

        (await host.GetAsync(host.Path)).IsProblem(401, "unauthenticated");
        Assert.Equal("unauthenticated", await feed.ClosedAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(315_360_001)]
    public async Task Lifetime_That_Makes_No_Sense_Is_Refused(long expiresInSeconds)
    {
        var host = await _hub.CreateRoomAsync();
        (await host.PostAsync($"{host.Path}/members/me/token", new { expiresInSeconds })).IsProblem(400, "invalid");
        (await _hub.Anybody().PostAsync("/api/rooms", new { name = "Room", expiresInSeconds })).IsProblem(400, "invalid");
        (await host.PostAsync($"{host.Path}/programs", new { name = "Bot", expiresInSeconds })).IsProblem(400, "invalid");
        (await host.PostAsync($"{host.Path}/members/me/return-link", new { expiresInSeconds })).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Return_Link_Makes_Its_Opener_The_Same_Member_Once()
    {
        var host = await _hub.CreateRoomAsync();
        var link = await LinkAsync(host);
        Assert.StartsWith($"{_hub.Address}return#", link, StringComparison.Ordinal);
        var secret = link.Split('#')[1];

        var back = await _hub.Anybody().PostAsync("/api/return", new { secret });

        Assert.Equal((200, host.Member), (back.Status, back.Json.GetProperty("member").GetProperty("id").GetString()));
        var caller = new MemberCaller(_hub.Address, back.Json);
        Assert.Equal("host", (await caller.GetAsync(caller.Path)).Json.GetProperty("me").GetProperty("role").GetString());
        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
        (await _hub.Anybody().PostAsync("/api/return", new { secret })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Return_Link_Is_For_Hosts_Alone_And_Ends_When_It_Is_Revoked_Replaced_Or_Too_Old()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        (await bob.PostAsync($"{host.Path}/members/me/return-link", new { })).IsProblem(403, "forbidden");

        var replaced = await LinkAsync(host);
        var revoked = await LinkAsync(host);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/me/return-link")).Status);
        (await host.DeleteAsync($"{host.Path}/members/me/return-link")).IsProblem(404, "not_found");
        var old = await LinkAsync(host, expiresInSeconds: 60);
        time.Advance(TimeSpan.FromSeconds(60));

        foreach (var link in new[] { replaced, revoked, old })
            (await hub.Anybody().PostAsync("/api/return", new { secret = link })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Host_Sees_Whether_A_Return_Link_Of_Its_Own_Still_Works()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        await LinkAsync(other);
        Assert.Null(await EndAsync(host));

        await LinkAsync(host, expiresInSeconds: 60);
        Assert.Equal("2026-01-01T00:01:00.000Z", await EndAsync(host));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await EndAsync(host));

        var link = await LinkAsync(host);
        Assert.NotNull(await EndAsync(host));
        Assert.Equal(200, (await hub.Anybody().PostAsync("/api/return", new { secret = link })).Status);
        Assert.Null(await EndAsync(host));
        await LinkAsync(host);
        await host.DeleteAsync($"{host.Path}/members/me/return-link");
        Assert.Null(await EndAsync(host));
        (await (await host.InviteAsync("viewer")).GetAsync($"{host.Path}/members/me/return-link")).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Return_Link_Of_A_Host_Who_Is_None_Any_More_Is_Gone(bool isRemoved)
    {
        var host = await _hub.CreateRoomAsync();
        var other = await host.InviteAsync("host");
        var link = await LinkAsync(other);

        var path = $"{host.Path}/members/{other.Member}";
        var answer = isRemoved ? await host.DeleteAsync(path) : await host.PatchAsync(path, new { role = "viewer" });

        Assert.InRange(answer.Status, 200, 204);
        (await _hub.Anybody().PostAsync("/api/return", new { secret = link })).IsProblem(404, "not_found");
    }

    private static async Task<string?> EndAsync(MemberCaller host) =>
        (await host.GetAsync($"{host.Path}/members/me/return-link")).Json.GetProperty("expiresAt").GetString();

    private static async Task<string> LinkAsync(MemberCaller host, long? expiresInSeconds = null)
    {
        var answer = await host.PostAsync($"{host.Path}/members/me/return-link", new { expiresInSeconds });
        Assert.Equal(201, answer.Status);
        return answer.Json.GetProperty("url").GetString()!;
    }
}
