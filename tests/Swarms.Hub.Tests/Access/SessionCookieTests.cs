using System.Net;
using System.Net.WebSockets;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

public sealed class SessionCookieTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    private string Own => _hub.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_Cookie_Session_Has_Its_Token_Where_No_Script_Can_Read_It()
    {
        var (created, cookie) = await CreateAsync();

        Assert.DoesNotContain("shs_", created.Text, StringComparison.Ordinal);
        Assert.False(created.Json.TryGetProperty("token", out _));
        var name = $"swarms-hub-{_hub.Get<HubIdentity>().Id}";
        Assert.Matches($"^{name}=shs_[^;]+; max-age=2592000; path=/; samesite=strict; httponly$", created.Headers["Set-Cookie"]);
        Assert.DoesNotContain("shs_", (await GetRoomAsync(created, cookie)).Text, StringComparison.Ordinal);
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
    public async Task Leaving_A_Room_Closes_It_To_The_Session_And_No_Other()
    {
        var (created, cookie) = await CreateAsync();
        var host = await _hub.CreateRoomAsync();
        var joined = await JoinAsync(host, cookie);

        var left = await _hub.Anybody().DeleteAsync(
            $"{host.Path}/members/{joined.Json.GetProperty("member").GetProperty("id").GetString()}", ("Cookie", cookie), ("Origin", Own));

        Assert.Equal(204, left.Status);
        (await _hub.Anybody().GetAsync(host.Path, ("Cookie", cookie))).IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await GetRoomAsync(created, cookie)).Status);
    }

    [Fact]
    public async Task One_Cookie_Has_More_Rooms_Than_A_Browser_Has_Cookies_And_The_Newest_Opens()
    {
        var (first, cookie) = await CreateAsync();
        Answer last = first;
        for (var i = 0; i < 104; i++)
        {
            last = await _hub.Anybody().PostAsync(
                "/api/rooms", new { name = $"Room {i}", session = "cookie" }, ("Origin", Own), ("Cookie", cookie));
            Assert.Equal(cookie, last.Headers["Set-Cookie"].Split(';')[0]);
        }

        await using var hub = await HubCaller.ConnectAsync(_hub.Anybody(), "/hub", ("Cookie", cookie), ("Origin", Own));
        foreach (var room in new[] { first, last })
        {
            var frames = hub.Watch(room.Json.GetProperty("room").GetProperty("id").GetString()!);
            Assert.Equal(
                "snapshot", (await frames.ReadAsync(TestContext.Current.CancellationToken).InTime()).GetProperty("kind").GetString());
        }
    }

    [Fact]
    public async Task Joining_Again_Replaces_The_Membership_That_The_Session_Had_In_The_Room()
    {
        var host = await _hub.CreateRoomAsync();
        var (_, cookie) = await CreateAsync();
        await JoinAsync(host, cookie);
        var again = await JoinAsync(host, cookie);

        var me = (await _hub.Anybody().GetAsync(host.Path, ("Cookie", cookie))).Json.GetProperty("me").GetProperty("id").GetString();
        Assert.Equal(again.Json.GetProperty("member").GetProperty("id").GetString(), me);
        await host.DeleteAsync($"{host.Path}/members/{me}");
        (await _hub.Anybody().GetAsync(host.Path, ("Cookie", cookie))).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Two_Hubs_On_One_Host_Name_Do_Not_Meet()
    {
        await using var other = HubUnderTest.Start();
        var (created, cookie) = await CreateAsync();
        var there = await other.Anybody().PostAsync(
            "/api/rooms", new { name = "Other", session = "cookie" }, ("Origin", other.Address.GetLeftPart(UriPartial.Authority)));
        var both = $"{cookie}; {there.Headers["Set-Cookie"].Split(';')[0]}";

        Assert.NotEqual(cookie.Split('=')[0], there.Headers["Set-Cookie"].Split('=')[0]);
        Assert.Equal(200, (await GetRoomAsync(created, both)).Status);
        Assert.Equal(200, (await other.Anybody().GetAsync(Path(there), ("Cookie", both))).Status);
    }

    [Fact]
    public async Task Cookie_Under_Https_Is_Secure_And_The_Hosts_Own()
    {
        await using var hub = HubUnderTest.Start(("ForwardedHeaders_Enabled", "true"));
        var own = hub.Address.GetLeftPart(UriPartial.Authority).Replace("http:", "https:", StringComparison.Ordinal);
        (string, string)[] headers = [("Origin", own), ("X-Forwarded-Proto", "https")];
        var host = await hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));

        var joined = await hub.Anybody().PostAsync("/api/join", new { invite, name = "Bob", session = "cookie" }, headers);

        Assert.Matches(
            "^__Host-swarms-hub-[^=]+=shs_[^;]+; max-age=2592000; path=/; secure; samesite=strict; httponly$",
            joined.Headers["Set-Cookie"]);
        var cookie = joined.Headers["Set-Cookie"].Split(';')[0];
        Assert.Equal(200, (await hub.Anybody().GetAsync(host.Path, [("Cookie", cookie), .. headers])).Status);
        // The same page without TLS is another origin.
        (await hub.Anybody().PostAsync("/api/join", new { invite, name = "Bob", session = "cookie" }, ("Origin", own)))
            .IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Return_Link_Takes_No_Other_Member_Its_Session_And_Still_Works_Elsewhere()
    {
        var host = await _hub.CreateRoomAsync();
        var (_, cookie) = await CreateAsync();
        await JoinAsync(host, cookie);
        var made = await host.PostAsync($"{host.Path}/members/me/return-link", new { });
        var secret = MemberCaller.Secret(made.Json);

        var refused = await ReturnAsync(secret, ("Cookie", cookie));

        refused.IsProblem(409, ErrorCodes.Conflict);
        Assert.Contains("This browser is Bob in this room", refused.Text, StringComparison.Ordinal);
        var me = (await _hub.Anybody().GetAsync(host.Path, ("Cookie", cookie))).Json.GetProperty("me");
        Assert.Equal("Bob", me.GetProperty("name").GetString());
        var elsewhere = await ReturnAsync(secret);
        Assert.Equal((200, host.Member), (elsewhere.Status, elsewhere.Json.GetProperty("member").GetProperty("id").GetString()));

        // A browser that is the same member already goes back to it, and uses nothing up.
        made = await host.PostAsync($"{host.Path}/members/me/return-link", new { });
        var own = elsewhere.Headers["Set-Cookie"].Split(';')[0];
        Assert.Equal(200, (await ReturnAsync(MemberCaller.Secret(made.Json), ("Cookie", own))).Status);
        Assert.NotNull((await host.GetAsync($"{host.Path}/members/me/return-link")).Json.GetProperty("expiresAt").GetString());

        Task<Answer> ReturnAsync(string link, params (string, string)[] headers) =>
            _hub.Anybody().PostAsync("/api/return", new { secret = link, session = "cookie" }, [("Origin", Own), .. headers]);
    }

    [Fact]
    public async Task Session_Ends_Thirty_Days_After_Its_Last_Use()
    {
        var time = new ShiftedTime();
        await using var hub = HubUnderTest.Start(time);
        var own = hub.Address.GetLeftPart(UriPartial.Authority);
        var created = await hub.Anybody().PostAsync("/api/rooms", new { name = "Room", session = "cookie" }, ("Origin", own));
        var cookie = created.Headers["Set-Cookie"].Split(';')[0];

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromDays(29));
            Assert.Equal(200, (await hub.Anybody().GetAsync(Path(created), ("Cookie", cookie))).Status);
            // The use is stored behind the answer, in the order of the log.
            var said = await hub.Anybody().PostAsync(
                $"{Path(created)}/messages", new { text = "hi" }, ("Cookie", cookie), ("Origin", own));
            Assert.Equal(201, said.Status);
        }

        time.Advance(TimeSpan.FromDays(30));
        (await hub.Anybody().GetAsync(Path(created), ("Cookie", cookie))).IsProblem(401, "unauthenticated");
    }

    private async Task<Answer> JoinAsync(MemberCaller host, string cookie)
    {
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        var joined = await _hub.Anybody().PostAsync(
            "/api/join", new { invite, name = "Bob", session = "cookie" }, ("Origin", Own), ("Cookie", cookie));
        Assert.Equal(200, joined.Status);
        return joined;
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
