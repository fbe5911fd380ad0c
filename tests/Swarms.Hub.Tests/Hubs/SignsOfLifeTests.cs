using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs;

public sealed class SignsOfLifeTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Viewer_Of_A_Quiet_Room_Hears_The_Hub_At_The_Interval_Of_The_Settings(string isDirect)
    {
        // SignalR's own interval would let the second ping come after the test's deadline.
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect), ("Delivery:PingInterval", "00:00:01"));
        var host = await hub.CreateRoomAsync();
        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {host.Token}"), host.Room);

        await viewer.PingsAsync(3).InTime();
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Large_Message_Is_Announced_Before_It_Whoever_Writes_It(string isDirect)
    {
        await using var hub = HubUnderTest.Start(("Server:DirectSockets", isDirect));
        var host = await hub.CreateRoomAsync();
        for (var i = 0; i < 6; i++)
            Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = new string('x', 16_000) })).Status);

        using var viewer = await BareViewer.WatchAsync(hub.Address, ("Authorization", $"Bearer {host.Token}"), host.Room);

        // SignalR's own writer may put other messages before a large one into the same WebSocket message.
        var large = viewer.Messages.FindIndex(message => message.Any(part => part.TryGetProperty("item", out _)));
        var announced = viewer.Messages.FindIndex(message => message.Any(part => part.TryGetProperty("next", out _)));
        Assert.InRange(announced, 0, large - 1);
        var announcement = Assert.Single(viewer.Messages[announced]);
        Assert.Equal(6, announcement.GetProperty("type").GetInt32());
        Assert.InRange(announcement.GetProperty("next").GetInt32(), 96_000, 110_000);
        if (isDirect == "true")
            Assert.Equal((large - 1, 1), (announced, viewer.Messages[large].Count));
    }

    [Fact]
    public async Task Feed_Of_A_Quiet_Room_Has_Pings()
    {
        using var clock = new TimerClock(TimeSpan.FromSeconds(3));
        await using var hub = HubUnderTest.Start(clock);
        var host = await hub.CreateRoomAsync();
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.UntilAsync("snapshot");

        for (var i = 0; i < 3; i++)
            Assert.Equal("ping", (await clock.PassUntilAsync(feed.NextAsync()).InTime())!.Value.EventType);
    }

    [Fact]
    public async Task Client_That_Doubts_Its_Connection_Is_Answered_Without_Watching_A_Room()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        await using var caller = await HubCaller.ConnectAsync(host);

        await caller.InvokeAsync("Ping").InTime();
    }
}
