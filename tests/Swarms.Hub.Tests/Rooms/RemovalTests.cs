using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Delivery;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Rooms;

public sealed class RemovalTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Losing_Access_Ends_Streams_At_Once_And_Revokes_The_Token(bool isRemoved)
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        await using var hub = await HubCaller.ConnectAsync(bob);
        var frames = hub.Watch(bob.Room);
        await frames.ReadAsync(TestContext.Current.CancellationToken).InTime();
        await using var feed = await FeedReader.OpenAsync(bob);
        await feed.NextAsync();
        using var door = await bob.OpenAsync(HttpMethod.Post, "/v1/agent/completions", System.Net.Http.Json.JsonContent.Create(
            new { task = "x", stream = true, simulation = new { chunks = 4, chunksPerSecond = 0, fault = "silence" } }));
        var ticket = (await bob.PostAsync("/api/tickets", new { })).Json.GetProperty("ticket").GetString();

        Assert.Equal(204, (await (isRemoved ? host : bob).DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);

        await HubCaller.EndsAsync(frames, "unauthenticated");
        Assert.Equal("unauthenticated", await feed.ClosedAsync());
        var relayed = await door.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).InTime();
        Assert.Matches("event: error\ndata: {\"error\":\"unauthenticated: [^\"]+\",\"timestamp\":\"[^\"]+\"}\n\n$", relayed);
        (await bob.GetAsync(bob.Path)).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().GetAsync($"{bob.Path}/events?access_token={ticket}")).IsProblem(401, "unauthenticated");
        await hub.Closed.InTime();
    }

    [Fact]
    public async Task A_Room_That_Cannot_Be_Deleted_Now_Keeps_Its_Runs()
    {
        await using var hub = HubUnderTest.Start();
        hub.Expect(LogLevel.Error);
        var host = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, host.Admission);
        var run = await host.StartRunAsync(new { chunks = 100_000, chunksPerSecond = 20 });
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        using (new HeldDatabase(hub.DatabasePath))
        {
            await viewer.WaitAsync(() => viewer.Frames.Any(frame => frame.IsAvailable == false));
            (await host.DeleteAsync(host.Path)).IsProblem(503, "storage_unavailable");
        }

        await viewer.WaitAsync(() => viewer.Frames.Any(frame => frame.IsAvailable == true));
        Assert.Equal("running", viewer.FindRun(run)!.State);
        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);
    }

    [Fact]
    public async Task Others_See_Who_Left_And_How()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer", "Bob");
        var eve = await host.InviteAsync("viewer", "Eve");
        await using var feed = await FeedReader.OpenAsync(host);
        await bob.DeleteAsync($"{host.Path}/members/{bob.Member}");
        await host.DeleteAsync($"{host.Path}/members/{eve.Member}");

        Assert.Equal("left", (await feed.UntilAsync("member.left")).GetProperty("data").GetProperty("reason").GetString());
        Assert.Equal("removed", (await feed.UntilAsync("member.left")).GetProperty("data").GetProperty("reason").GetString());
        (await host.DeleteAsync($"{host.Path}/members/{eve.Member}")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task Deleting_A_Room_Ends_Its_Streams_With_Not_Found_And_Cancels_Its_Runs()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        await using var hub = await HubCaller.ConnectAsync(bob);
        var frames = hub.Watch(bob.Room);
        await frames.ReadAsync(TestContext.Current.CancellationToken).InTime();
        await using var feed = await FeedReader.OpenAsync(bob);
        await feed.NextAsync();
        var run = await bob.StartRunAsync(new { chunks = 4, chunksPerSecond = 0, fault = "silence" });

        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);

        await HubCaller.EndsAsync(frames, "not_found");
        Assert.Equal("not_found", await feed.ClosedAsync());
        (await bob.GetAsync($"{bob.Path}/runs/{run}")).IsProblem(404, "not_found");
        (await host.DeleteAsync(host.Path)).IsProblem(404, "not_found");
        (await bob.PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(404);
    }

    [Fact]
    public async Task Nothing_Is_Stored_In_A_Room_That_Is_Being_Deleted()
    {
        var host = await _hub.CreateRoomAsync();
        var callers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.InviteAsync("participant")));

        var speaking = callers.Select(async caller =>
        {
            while ((await caller.PostAsync($"{host.Path}/messages", new { text = "hi" })).Status == 201)
            {
            }

            return await caller.PostAsync($"{host.Path}/runs", new { request = new { task = "x" } });
        }).ToList();
        Assert.Equal(204, (await host.DeleteAsync(host.Path)).Status);

        Assert.All(await Task.WhenAll(speaking), answer => answer.IsProblem(404, "not_found"));
        await using var context = _hub.Get<Storage.Sqlite.SqliteDatabase>().CreateContext();
        var key = context.Rooms.Single(room => room.Id == host.Room).Key;
        // The rows go in slices, while nothing else is to be stored.
        while (context.Rooms.Any(room => room.Key == key && room.HasRemains))
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.Empty(context.Events.Where(e => e.RoomKey == key));
        Assert.Empty(context.Runs.Where(run => run.RoomKey == key));
    }

    [Fact]
    public async Task A_Member_Removed_Between_The_Door_And_The_Stream_Sees_Nothing()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("viewer");
        await host.DeleteAsync($"{host.Path}/members/{bob.Member}");

        // The stream opens after the door has let Bob in.
        var viewers = _hub.Services.GetRequiredService<ViewerSessions>();

        var refusal = await Assert.ThrowsAsync<HubErrorException>(
            () => viewers.WatchAsync(Callers.In(host.Room, bob.Member), default, TestContext.Current.CancellationToken));
        Assert.Equal("unauthenticated", refusal.Code);
    }
}
