using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Access;

public sealed class TicketsApiTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task A_Ticket_Opens_One_Connection_To_The_Hub()
    {
        var host = await _hub.CreateRoomAsync();
        var ticket = await TicketAsync(host);

        await using var hub = await HubCaller.ConnectAsync(_hub.Anybody(), $"/hub?access_token={ticket}");

        Assert.True((await hub.InvokeAsync("Say", host.Room, "hi")).GetInt64() > 0);
        await Assert.ThrowsAnyAsync<Exception>(() => HubCaller.ConnectAsync(_hub.Anybody(), $"/hub?access_token={ticket}"));
    }

    [Fact]
    public async Task A_Ticket_Opens_One_Feed()
    {
        var host = await _hub.CreateRoomAsync();
        var path = $"{host.Path}/events?access_token={await TicketAsync(host)}";

        await using (var feed = await FeedReader.OpenAsync(_hub.Anybody(), path))
            Assert.Equal("snapshot", (await feed.NextAsync())?.EventType);

        (await _hub.Anybody().GetAsync(path, ("Accept", "text/event-stream"))).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Feed_That_Was_Cut_Is_Opened_Again_By_Its_Ticket_And_The_Last_Cursor()
    {
        var host = await _hub.CreateRoomAsync();
        var path = $"{host.Path}/events?access_token={await TicketAsync(host)}";
        var cursor = await CutAsync(path);
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "missed" })).Status);

        for (var cuts = 0; cuts < 3; cuts++)
        {
            await using var feed = await FeedReader.OpenAsync(_hub.Anybody(), path, ("Last-Event-ID", cursor));
            Assert.Equal("resumed", (await feed.NextAsync())?.EventType);
            Assert.Equal("message", (await feed.NextAsync())?.EventType);
        }
    }

    [Fact]
    public async Task Ticket_Whose_Feed_Was_Cut_Opens_Nothing_Without_A_Cursor_Of_The_Room_And_Nothing_Else_With_It()
    {
        var host = await _hub.CreateRoomAsync();
        var other = await _hub.CreateRoomAsync();
        var ticket = await TicketAsync(host);
        var path = $"{host.Path}/events?access_token={ticket}";
        var cursor = await CutAsync(path);
        var another = await CutAsync($"{other.Path}/events?access_token={await TicketAsync(other)}");
        string[] guesses = ["", "1", "0", $"{new string('0', cursor.IndexOf(':', StringComparison.Ordinal))}:1", another];

        foreach (var guess in guesses)
        {
            (await _hub.Anybody().GetAsync(path, ("Accept", "text/event-stream"), ("Last-Event-ID", guess)))
                .IsProblem(401, "unauthenticated");
        }

        foreach (var elsewhere in (string[])[$"{host.Path}/events", $"{host.Path}/runs", host.Path, "/hub"])
        {
            (await _hub.Anybody().GetAsync($"{elsewhere}?access_token={ticket}", ("Last-Event-ID", cursor)))
                .IsProblem(401, "unauthenticated");
        }

        (await _hub.Anybody().GetAsync(
            $"{other.Path}/events?access_token={ticket}", ("Accept", "text/event-stream"), ("Last-Event-ID", cursor)))
            .IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Ticket_Opens_Its_Feed_Again_Until_Two_Minutes_After_The_Cut()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var path = $"{host.Path}/events?access_token={await TicketAsync(host)}";
        string cursor;
        await using (var feed = await FeedReader.OpenAsync(hub.Anybody(), path))
        {
            cursor = (await feed.NextAsync())!.Value.EventId!;
            time.Advance(TimeSpan.FromMinutes(10));
            await using var again = await FeedReader.OpenAsync(hub.Anybody(), path, ("Last-Event-ID", cursor));
            Assert.Equal("resumed", (await again.NextAsync())?.EventType);
        }

        await Until.TrueAsync(() => hub.Get<FeedTickets>().OpenFeeds == 0);
        time.Advance(FeedTickets.Lifetime);
        (await hub.Anybody().GetAsync(path, ("Accept", "text/event-stream"), ("Last-Event-ID", cursor))).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_Ticket_Lasts_Thirty_Seconds()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = HubUnderTest.Start(time);
        var host = await hub.CreateRoomAsync();
        var (early, late) = (await TicketAsync(host), await TicketAsync(host));

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(200, (await hub.Anybody().GetAsync($"{host.Path}/events?access_token={early}")).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        (await hub.Anybody().GetAsync($"{host.Path}/events?access_token={late}")).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_Long_Lived_Token_In_A_Url_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();

        (await _hub.Anybody().GetAsync($"{host.Path}/events?access_token={host.Token}")).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().PostAsync($"/hub/negotiate?negotiateVersion=1&access_token={host.Token}", new { }))
            .IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_Ticket_Buys_No_Ticket_And_Opens_No_Swarms_Door()
    {
        var host = await _hub.CreateRoomAsync();

        (await new Caller(_hub.Address, await TicketAsync(host)).PostAsync("/api/tickets", new { })).IsProblem(401, "unauthenticated");
        (await new Caller(_hub.Address, await TicketAsync(host)).PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(401);
    }

    [Fact]
    public async Task A_Ticket_Opens_Streams_And_Does_Nothing_Else()
    {
        var host = await _hub.CreateRoomAsync();

        (await _hub.Anybody().DeleteAsync($"{host.Path}?access_token={await TicketAsync(host)}")).IsProblem(401, "unauthenticated");
        (await _hub.Anybody().GetAsync($"{host.Path}/runs?access_token={await TicketAsync(host)}")).IsProblem(401, "unauthenticated");
        (await new Caller(_hub.Address, await TicketAsync(host)).PostAsync($"{host.Path}/messages", new { text = "x" }))
            .IsProblem(401, "unauthenticated");
        Assert.Equal(200, (await host.GetAsync(host.Path)).Status);
    }

    /// <summary>Opens a feed, reads its snapshot, and cuts it; returns the cursor.</summary>
    private async Task<string> CutAsync(string path)
    {
        await using var feed = await FeedReader.OpenAsync(_hub.Anybody(), path);
        var snapshot = (await feed.NextAsync())!.Value;
        Assert.Equal("snapshot", snapshot.EventType);
        return snapshot.EventId!;
    }

    private static async Task<string> TicketAsync(MemberCaller member)
    {
        var answer = await member.PostAsync("/api/tickets", new { });
        Assert.Equal((201, 30), (answer.Status, answer.Json.GetProperty("expiresInSeconds").GetInt32()));
        return answer.Json.GetProperty("ticket").GetString()!;
    }
}
