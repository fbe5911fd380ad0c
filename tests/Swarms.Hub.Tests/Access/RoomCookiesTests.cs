using System.Net;
using System.Net.WebSockets;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class RoomCookiesTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    private string Own => _hub.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_Cookie_Session_Has_Its_Token_Where_No_Script_Can_Read_It()
    {
        var (created, cookie) = await CreateAsync();

        Assert.DoesNotContain("shr_", created.Text, StringComparison.Ordinal);
        Assert.False(created.Json.TryGetProperty("token", out _));
        Assert.Matches("^swarms-hub-[^=]+=shr_[^;]+; max-age=2592000; path=/; samesite=strict; httponly$", created.Headers["Set-Cookie"]);
        Assert.DoesNotContain("shr_", (await GetRoomAsync(created, cookie)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Cookie_Serves_The_Hubs_Own_Page()
    {
        var (created, cookie) = await CreateAsync();
        var path = Path(created);

        Assert.Equal(200, (await _hub.Anybody().GetAsync(path, ("Cookie", cookie))).Status);
        Assert.Equal(200, (await _hub.Anybody().GetAsync(path, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(201, (await SayAsync(path, ("Cookie", cookie), ("Origin", Own))).Status);
        await using var feed = await FeedReader.OpenAsync(
            _hub.Anybody(), $"{path}/events", ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal("snapshot", (await feed.NextAsync())?.EventType);
        await using var hub = await HubCaller.ConnectAsync(_hub.Anybody(), "/hub", ("Cookie", cookie), ("Origin", Own));
        Assert.True((await hub.InvokeAsync("Say", created.Json.GetProperty("room").GetProperty("id").GetString(), "hi")).GetInt64() > 0);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task A_Cookie_With_A_Foreign_Origin_Is_Nobodys(string origin)
    {
        var (created, cookie) = await CreateAsync();
        var path = Path(created);

        (await _hub.Anybody().GetAsync(path, ("Cookie", cookie), ("Origin", origin))).IsProblem(401, "unauthenticated");
        (await SayAsync(path, ("Cookie", cookie), ("Origin", origin))).IsProblem(401, "unauthenticated");
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(("Cookie", cookie), ("Origin", origin)));
    }

    [Fact]
    public async Task A_Cookie_Without_An_Origin_Only_Reads()
    {
        var (created, cookie) = await CreateAsync();
        var path = Path(created);

        (await SayAsync(path, ("Cookie", cookie))).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().GetAsync(path, ("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"))).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().GetAsync(path, ("Cookie", cookie), ("Sec-Fetch-Site", "same-site"))).IsProblem(401, "unauthenticated");
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(("Cookie", cookie)));
    }

    [Fact]
    public async Task A_Cookie_Is_No_Key_To_The_Swarms_Doors_And_Buys_No_Ticket()
    {
        var (_, cookie) = await CreateAsync();

        (await _hub.Anybody().PostAsync("/v1/agent/completions", new { task = "x" }, ("Cookie", cookie), ("Origin", Own))).IsDetail(401);
        (await _hub.Anybody().PostAsync("/api/tickets", new { }, ("Cookie", cookie), ("Origin", Own))).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_Page_Of_Another_Origin_Gets_No_Cookie()
    {
        await using var hub = HubUnderTest.Start(("Access:AllowedOrigins:0", "https://app.example"));

        var refused = await hub.Anybody()
            .PostAsync("/api/rooms", new { name = "Room", session = "cookie" }, ("Origin", "https://app.example"));

        refused.IsProblem(400, "invalid");
        Assert.DoesNotContain("Set-Cookie", refused.Headers.Keys);
    }

    [Fact]
    public async Task Leaving_Takes_The_Cookie_Along()
    {
        var host = await _hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        var joined = await _hub.Anybody().PostAsync("/api/join", new { invite, name = "Bob", session = "cookie" }, ("Origin", Own));
        var cookie = joined.Headers["Set-Cookie"].Split(';')[0];

        var left = await _hub.Anybody().DeleteAsync(
            $"{host.Path}/members/{joined.Json.GetProperty("member").GetProperty("id").GetString()}", ("Cookie", cookie), ("Origin", Own));

        Assert.Equal(204, left.Status);
        Assert.StartsWith($"{cookie.Split('=')[0]}=; expires=Thu, 01 Jan 1970", left.Headers["Set-Cookie"], StringComparison.Ordinal);
        (await _hub.Anybody().GetAsync(host.Path, ("Cookie", cookie))).IsProblem(401, "unauthenticated");
    }

    private async Task<(Answer Created, string Cookie)> CreateAsync()
    {
        var created = await _hub.Anybody().PostAsync("/api/rooms", new { name = "Room", session = "cookie" }, ("Origin", Own));
        Assert.Equal(201, created.Status);
        return (created, created.Headers["Set-Cookie"].Split(';')[0]);
    }

    private static string Path(Answer created) => $"/api/rooms/{created.Json.GetProperty("room").GetProperty("id").GetString()}";

    private Task<Answer> GetRoomAsync(Answer created, string cookie) => _hub.Anybody().GetAsync(Path(created), ("Cookie", cookie));

    private Task<Answer> SayAsync(string path, params (string Name, string Value)[] headers) =>
        _hub.Anybody().PostAsync($"{path}/messages", new { text = "hi" }, headers);

    private async Task<HttpStatusCode> ConnectAsync(params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);

        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://localhost:{_hub.Address.Port}/hub"), TestContext.Current.CancellationToken));
        return socket.HttpStatusCode;
    }
}
