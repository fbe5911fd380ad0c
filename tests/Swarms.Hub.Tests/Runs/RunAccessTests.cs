using System.Net.Http.Json;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

public sealed class RunAccessTests(SharedHub shared)
{
    private static readonly object Silent = new { chunks = 4, chunksPerSecond = 0, fault = "silence" };

    private readonly HubUnderTest _hub = shared.Hub;

    [Fact]
    public async Task Runs_Of_A_Removed_Member_End_Running_And_Queued_And_Name_The_Remover()
    {
        await using var hub = HubUnderTest.Start(("Runs:MaxParallelPerRoom", "2"));
        var host = await hub.CreateRoomAsync();
        var bob = await host.InviteAsync("participant");
        var hosts = await host.StartRunAsync(Silent);
        var running = await bob.StartRunAsync(Silent);
        var queued = await bob.StartRunAsync(Silent);
        await using var feed = await FeedReader.OpenAsync(host);

        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);

        // They may end in any order.
        var open = new HashSet<string?> { running, queued };
        while (open.Count > 0)
            open.Remove((await feed.UntilAsync("cancelled")).GetProperty("run").GetString());

        foreach (var run in new[] { running, queued })
            Assert.Equal(("cancelled", "member_left", host.Member), await EndingAsync(host, run));

        var kept = (await host.GetAsync($"{host.Path}/runs/{queued}")).Json;
        Assert.False(kept.TryGetProperty("startedAt", out _));
        Assert.Equal("running", (await host.GetAsync($"{host.Path}/runs/{hosts}")).Json.GetProperty("state").GetString());
        await host.PostAsync($"{host.Path}/runs/{hosts}/cancel", new { });
    }

    [Fact]
    public async Task Runs_Of_A_Member_Who_Becomes_A_Viewer_End_And_Those_Of_A_Participant_Go_On()
    {
        var host = await _hub.CreateRoomAsync();
        var bob = await host.InviteAsync("host");
        var run = await bob.StartRunAsync(Silent);

        await host.PatchAsync($"{host.Path}/members/{bob.Member}", new { role = "participant", name = "Robert" });
        Assert.False((await host.GetAsync($"{host.Path}/runs/{run}")).Json.TryGetProperty("endedAt", out _));

        await using var feed = await FeedReader.OpenAsync(host);
        await host.PatchAsync($"{host.Path}/members/{bob.Member}", new { role = "viewer" });
        await feed.UntilEndOfAsync(run);
        Assert.Equal(("cancelled", "member_changed", host.Member), await EndingAsync(host, run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_That_Starts_While_Its_Member_Is_Removed_Or_Demoted_Ends_Or_Never_Begins(bool isRemoved)
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _hub.CreateRoomAsync();
            var bob = await host.InviteAsync("participant");
            await using var feed = await FeedReader.OpenAsync(host);

            var starting = bob.PostAsync($"{bob.Path}/runs", new { request = new { task = "x", simulation = Silent } });
            var answer = isRemoved
                ? await host.DeleteAsync($"{host.Path}/members/{bob.Member}")
                : await host.PatchAsync($"{host.Path}/members/{bob.Member}", new { role = "viewer" });
            Assert.InRange(answer.Status, 200, 204);

            if (await starting is { Status: 202 } started)
                await feed.UntilEndOfAsync(started.Json.GetProperty("run").GetProperty("id").GetString()!);
            else
                Assert.True((await starting).Status is 401 or 403);
        }
    }

    [Fact]
    public async Task Answer_At_A_Door_That_Starts_While_Its_Member_Is_Removed_Ends()
    {
        for (var round = 0; round < 20; round++)
        {
            var host = await _hub.CreateRoomAsync();
            var bob = await host.InviteAsync("participant");

            var starting = bob.OpenAsync(HttpMethod.Post, "/v1/agent/completions", JsonContent.Create(
                new { task = "x", stream = true, simulation = new { chunks = 100_000, chunksPerSecond = 50 } }));
            Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{bob.Member}")).Status);
            using var answer = await starting;
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            if (answer.IsSuccessStatusCode)
                Assert.Matches("event: error\ndata: {\"error\":\"unauthenticated: [^\"]+\",\"timestamp\":\"[^\"]+\"}\n\n$", text);
            else
                Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    private static async Task<(string? State, string? Reason, string? By)> EndingAsync(MemberCaller member, string run)
    {
        var json = (await member.GetAsync($"{member.Path}/runs/{run}")).Json;
        return (Text("state"), Text("reason"), Text("cancelledBy"));

        string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
