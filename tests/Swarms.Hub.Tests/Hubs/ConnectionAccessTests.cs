using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs;

public sealed class ConnectionAccessTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Idle_Socket_Of_A_Removed_Member_Closes_With_The_Code(string isDirect)
    {
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        using var idle = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {bob.Token}"));
        await using var other = await HubCaller.ConnectAsync(host);

        await host.DeleteAsync($"{host.Path}/members/{bob.Member}");

        Assert.Equal((4401, ErrorCodes.Unauthenticated), await idle.ClosedAsync());
        await other.InvokeAsync("Say", host.Room, "still here");
    }

    [Theory]
    [InlineData("true", "Access:MaxConnectionsPerMember", "3")]
    [InlineData("false", "Access:MaxConnectionsPerMember", "3")]
    [InlineData("true", "Access:MaxConnectionsPerMinute", "9")]
    [InlineData("false", "Access:MaxConnectionsPerMinute", "9")]
    public async Task Socket_Beyond_The_Bound_Or_Too_Fast_Is_Refused_Before_It_Opens(string isDirect, string name, string value)
    {
        // Three at once, and then one in twenty seconds.
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect), (name, value));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        var sockets = new List<BareViewer>();
        for (var i = 0; i < 3; i++)
            sockets.Add(await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {host.Token}"), host.Room));

        Assert.Equal(429, await StatusAsync(host));
        (await host.PostAsync("/hub/negotiate?negotiateVersion=1", new { })).IsProblem(429, "rate_limited");
        (await host.GetAsync($"{host.Path}/events", ("Accept", "text/event-stream"))).IsProblem(429, "rate_limited");

        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
        using var other = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {bob.Token}"), host.Room);
        sockets.ForEach(socket => socket.Dispose());

        async Task<int> StatusAsync(MemberCaller member)
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {member.Token}");
            socket.Options.CollectHttpResponseDetails = true;
            var address = new UriBuilder(new Uri(hub.Address, "/hub")) { Scheme = "ws" }.Uri;
            await Assert.ThrowsAsync<WebSocketException>(
                () => socket.ConnectAsync(address, TestContext.Current.CancellationToken).InTime());
            return (int)socket.HttpStatusCode;
        }
    }

    [Fact]
    public async Task Idle_Socket_Of_A_Deleted_Room_Closes_With_The_Code()
    {
        var host = await _hub.CreateRoomAsync();
        using var idle = await BareViewer.WatchAsync(_hub.Address, ("Authorization", $"Bearer {host.Token}"));

        await host.DeleteAsync(host.Path);

        Assert.Equal((4404, ErrorCodes.NotFound), await idle.ClosedAsync());
    }

    [Fact]
    public async Task Idle_Long_Polling_Of_A_Removed_Member_Ends()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await using var connection = Connect(bob, HttpTransportType.LongPolling);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(TestContext.Current.CancellationToken).InTime();

        await host.DeleteAsync($"{host.Path}/members/{bob.Member}");

        await closed.Task.InTime();
    }

    [Fact]
    public async Task Connection_That_Opens_While_Its_Member_Is_Removed_Ends()
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _hub.CreateRoomAsync();
            var bob = await host.InviteAsync("viewer");
            var opening = BareViewer.WatchAsync(_hub.Address, ("Authorization", $"Bearer {bob.Token}"));

            await host.DeleteAsync($"{host.Path}/members/{bob.Member}");

            // A refused upgrade is as good as a connection that ends.
            if (await Record.ExceptionAsync(() => opening) is null)
            {
                using var idle = await opening;
                Assert.Equal((4401, ErrorCodes.Unauthenticated), await idle.ClosedAsync());
            }
        }
    }

    [Fact]
    public async Task Connection_Of_A_Demoted_Member_Stays()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("host");
        await using var hub = await HubCaller.ConnectAsync(bob);

        await host.PatchAsync($"{host.Path}/members/{bob.Member}", new { role = "viewer" });

        await hub.InvokeAsync("Say", bob.Room, "still here");
        await hub.IsRefusedAsync("forbidden", "StartRun", bob.Room, new { request = new { task = "x" } });
    }

    [Fact]
    public async Task Connections_Beyond_A_Members_Bound_Are_Refused_Of_Every_Kind()
    {
        await using var hub = HubUnderTest.Start(("Access:MaxConnectionsPerMember", "3"));
        var host = await hub.CreateRoomAsync();
        await using var socket = await HubCaller.ConnectAsync(host);
        await using var feed = await FeedReader.OpenAsync(host);
        using var door = await host.OpenAsync(HttpMethod.Post, "/v1/agent/completions", System.Net.Http.Json.JsonContent.Create(
            new { task = "x", stream = true, simulation = new { chunks = 4, chunksPerSecond = 0, fault = "silence" } }));

        (await host.PostAsync("/hub/negotiate?negotiateVersion=1", new { })).IsProblem(429, "rate_limited");
        (await host.GetAsync($"{host.Path}/events", ("Accept", "text/event-stream"))).IsProblem(429, "rate_limited");
        (await host.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(429);
        await Assert.ThrowsAnyAsync<Exception>(() => HubCaller.ConnectAsync(host));
        await socket.Watch(host.Room).ReadAsync(TestContext.Current.CancellationToken).InTime();
        var run = (await host.GetAsync($"{host.Path}/runs")).Json.GetProperty("runs")[0].GetProperty("id").GetString();
        Assert.Equal(200, (await host.PostAsync($"{host.Path}/runs/{run}/cancel", new { })).Status);
    }

    [Fact]
    public async Task Long_Polling_Is_Bound_To_The_Member_Who_Opened_It()
    {
        var host = await _hub.CreateRoomAsync();
        var mallory = await _hub.CreateRoomAsync();
        var negotiated = await host.PostAsync("/hub/negotiate?negotiateVersion=1", new { });
        var path = $"/hub?id={negotiated.Json.GetProperty("connectionToken").GetString()}";
        Assert.Equal(200, (await host.GetAsync(path)).Status);
        const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
        Assert.Equal(200, (await host.PostTextAsync(path, Handshake)).Status);
        // The answer to the handshake shows that the connection runs.
        Assert.Equal(200, (await host.GetAsync(path)).Status);
        var say = $"{{\"type\":1,\"target\":\"Say\",\"arguments\":[\"{host.Room}\",\"forged\"]}}\u001e";

        (await mallory.PostTextAsync(path, say)).IsProblem(403, "forbidden");
        (await mallory.GetAsync(path)).IsProblem(403, "forbidden");
        (await mallory.DeleteAsync(path)).IsProblem(403, "forbidden");

        Assert.Equal(200, (await host.PostTextAsync(path, say.Replace("forged", "own", StringComparison.Ordinal))).Status);
        await using var feed = await FeedReader.OpenAsync(host, ("Last-Event-ID", "0"));
        Assert.Equal("own", (await feed.UntilAsync("message")).GetProperty("data").GetProperty("text").GetString());
        Assert.Equal(202, (await host.DeleteAsync(path)).Status);
    }

    private static HubConnection Connect(MemberCaller member, HttpTransportType transport) => new HubConnectionBuilder()
        .WithUrl(new Uri(member.Address, "/hub"), options =>
        {
            options.Transports = transport;
            options.Headers["Authorization"] = $"Bearer {member.Token}";
        })
        .Build();
}
