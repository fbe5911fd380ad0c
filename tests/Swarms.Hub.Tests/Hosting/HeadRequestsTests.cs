using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class HeadRequestsTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/server")]
    [InlineData("/")]
    [InlineData("/join")]
    [InlineData("/rooms/none")]
    [InlineData("/nowhere")]
    [InlineData("/api/rooms/none")]
    public async Task Head_Has_The_Status_And_Type_Of_Get_And_No_Body(string path)
    {
        var get = await _hub.Anybody().GetAsync(path);

        var head = await _hub.Anybody().SendAsync(HttpMethod.Head, path, null);

        Assert.Equal(get.Status, head.Status);
        Assert.Equal(get.Headers.GetValueOrDefault("Content-Type"), head.Headers.GetValueOrDefault("Content-Type"));
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task Head_Is_Answered_Wherever_A_Member_Gets()
    {
        var host = await _hub.CreateRoomAsync();
        var run = (await host.FinishRunAsync(new { chunks = 1, chunksPerSecond = 0 })).GetProperty("id").GetString();
        string[] paths =
        [
            host.Path, $"{host.Path}/events", $"{host.Path}/runs", $"{host.Path}/runs/{run}", $"{host.Path}/runs/{run}/transcript",
            $"{host.Path}/transcript?format=html",
        ];

        foreach (var path in paths)
        {
            var head = await host.SendAsync(HttpMethod.Head, path, null);
            Assert.Equal((200, ""), (head.Status, head.Text));
        }
    }

    [Fact]
    public async Task Head_Of_The_Feed_Ends_And_Of_A_Door_That_Only_Posts_Is_Refused()
    {
        var host = await _hub.CreateRoomAsync();

        var feed = await host.SendAsync(HttpMethod.Head, $"{host.Path}/events", null, ("Accept", "text/event-stream"));

        Assert.Equal((200, ""), (feed.Status, feed.Text));
        Assert.StartsWith("text/event-stream", feed.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(405, (await host.SendAsync(HttpMethod.Head, "/api/tickets", null)).Status);
    }
}
