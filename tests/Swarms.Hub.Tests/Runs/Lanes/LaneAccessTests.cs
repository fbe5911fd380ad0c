using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

public sealed class LaneAccessTests
{
    private const string Hidden = "Zanzibar";

    [Fact]
    public async Task Nothing_That_Is_Held_Or_Masked_Is_Found_On_Any_Route_By_Others()
    {
        await using var room = await HeldRoom.StartAsync(new { keepLane = true });
        var run = await room.StartRunAsync(room.Participant, [$"Open {Hidden} ", $"{Hidden} again"]);
        await run.SendAsync(2);
        Assert.Equal(204, (await run.MaskAsync(5, 13)).Status);
        Assert.Equal(204, (await run.ReleaseAsync(14)).Status);
        await room.HasTextAsync(run.Id, "Open  ");

        await FindNothingAsync(room, run);
        await run.FinishInLaneAsync();
        await FindNothingAsync(room, run);
        await room.Host.CancelAsync(run.Id);
        await FindNothingAsync(room, run);
    }

    [Fact]
    public async Task Lane_Answers_Hosts_On_Its_Reading_Routes_And_Nobody_Else()
    {
        await using var room = await HeldRoom.StartAsync(new { });
        var run = await room.StartRunAsync(room.Participant, [Hidden]);
        await run.SendAsync();
        var lane = $"/api/rooms/{run.Lane}";
        string[] reads =
        [
            lane, $"{lane}/events", $"{lane}/runs/{run.Lane}", $"{lane}/runs/{run.Lane}/passage?start=0&end=3", $"{lane}/transcript",
            $"{lane}/transcript?format=json", $"{lane}/runs/{run.Lane}/transcript",
        ];
        foreach (var path in reads)
        {
            var answer = await room.Host.GetAsync(path);
            Assert.True(answer.Status == 200, $"{path}: {answer.Status}");
            Assert.Contains(path.Contains("passage", StringComparison.Ordinal) ? "Zan" : Hidden, answer.Text, StringComparison.Ordinal);
            (await room.Participant.GetAsync(path)).IsProblem(404, ErrorCodes.NotFound);
            (await room.Viewer.GetAsync(path)).IsProblem(404, ErrorCodes.NotFound);
        }

        foreach (var path in (string[])["runs", "messages", "presence", "attendance", "invites", "bans", "programs"])
            (await room.Host.GetAsync($"{lane}/{path}")).IsProblem(404, ErrorCodes.NotFound);

        (await room.Host.DeleteAsync(lane)).IsProblem(404, ErrorCodes.NotFound);
        (await room.Host.PatchAsync(lane, new { name = "x" })).IsProblem(404, ErrorCodes.NotFound);
        (await room.Host.PostAsync($"{lane}/messages", new { text = "x" })).IsProblem(404, ErrorCodes.NotFound);
        (await room.Host.PostAsync($"{lane}/runs", new { request = RunCalls.Story })).IsProblem(404, ErrorCodes.NotFound);
        (await room.Host.PostAsync($"{lane}/runs/{run.Lane}/cancel", new { })).IsProblem(404, ErrorCodes.NotFound);
        await using var caller = await HubCaller.ConnectAsync(room.Host);
        await caller.IsRefusedAsync(ErrorCodes.NotFound, "Say", run.Lane, "x");
        await room.Host.CancelAsync(run.Id);
    }

    [Fact]
    public async Task Host_Who_Is_Demoted_Loses_The_Lane_At_Once_And_Keeps_The_Room()
    {
        await using var room = await HeldRoom.StartAsync(new { });
        var other = await room.Host.InviteAsync(MemberRoles.Host, "Hope");
        var run = await room.StartRunAsync(room.Participant, ["One ", Hidden]);
        await run.SendAsync();
        await using var caller = await HubCaller.ConnectAsync(other);
        var lane = caller.Watch(run.Lane);
        var snapshot = await lane.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();
        Assert.Contains("One ", snapshot.GetRawText(), StringComparison.Ordinal);
        await using var feed = await FeedReader.OpenAsync(other, $"/api/rooms/{run.Lane}/events");
        await feed.UntilAsync(FrameKinds.Snapshot);

        var demoted = await room.Host.PatchAsync($"{room.Host.Path}/members/{other.Member}", new { role = MemberRoles.Participant });

        Assert.Equal(200, demoted.Status);
        await HubCaller.EndsAsync(lane, ErrorCodes.NotFound);
        Assert.Equal(ErrorCodes.NotFound, await feed.ClosedAsync());
        await caller.InvokeAsync("Say", room.Host.Room, "Still here");
        (await other.GetAsync($"/api/rooms/{run.Lane}")).IsProblem(404, ErrorCodes.NotFound);
        (await run.MaskAsync(0, 1, other)).IsProblem(403, ErrorCodes.Forbidden);
        await room.Host.CancelAsync(run.Id);
    }

    [Fact]
    public async Task Page_Watches_The_Lane_With_Its_Cookie()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var created = await scripted.Hub.Anybody()
            .PostAsync("/api/rooms", new { name = "Physics", memberName = "Ann", session = "cookie" });
        var cookie = created.Headers["Set-Cookie"].Split(';')[0];
        var path = $"/api/rooms/{created.Json.GetProperty("room").GetProperty("id").GetString()}";
        var page = new Caller(scripted.Hub.Address);
        (string, string)[] headers = [("Cookie", cookie), ("Origin", scripted.Hub.Address.ToString().TrimEnd('/'))];
        Assert.Equal(200, (await page.PatchAsync(path, new { settings = new { holdBack = new { } } }, headers)).Status);
        scripted.Upstream.Answer().Body(Sse.Chunk("One")).Hang();
        var run = RunCalls.Started(await page.PostAsync($"{path}/runs", new { request = RunCalls.Story }, headers));

        Assert.Equal(200, (await page.GetAsync($"/api/rooms/{run.Hold!.Lane}", headers)).Status);
        Assert.Equal(200, (await page.PostAsync($"{path}/runs/{run.Id}/cancel", new { }, headers)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Door_Answers_From_What_Was_Released(bool isStreamed)
    {
        await using var room = await HeldRoom.StartAsync(new { });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.Scripted.Upstream.Answer(200, isStreamed ? "text/event-stream" : "application/json")
            .Header("X-RateLimit-Remaining", "3").WaitFor(gate.Task)
            .Body(isStreamed ? Sse.Chunk("Open ") + Sse.Chunk(Hidden) + Sse.Done : $$"""{"outputs":"Open {{Hidden}}"}""");
        var call = room.Participant.PostAsync(
            "/v1/agent/completions", new { agent_config = new { streaming_on = isStreamed }, task = "Test" });
        string? id = null;
        await HeldRoom.UntilAsync(async () =>
        {
            var runs = (await room.Host.GetAsync($"{room.Host.Path}/runs")).Json.GetProperty("runs");
            id = runs.GetArrayLength() > 0 && runs[0].GetProperty("state").GetString() == RunStates.Running
                ? runs[0].GetProperty("id").GetString()
                : null;
            return id is not null;
        });
        gate.SetResult();
        var lane = (await room.RunAsync(room.Host.Room, id!)).Hold!.Lane;
        await HeldRoom.UntilAsync(async () => (await room.RunAsync(lane, lane)).State == EventTypes.Done);
        Assert.Equal(204, (await room.MaskAsync(id!, 5, 5 + Hidden.Length)).Status);
        Assert.False(call.IsCompleted);
        Assert.Equal(204, (await room.ReleaseAsync(id!)).Status);

        var answer = await call.InTime();
        Assert.Equal(200, answer.Status);
        Assert.Contains("Open ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("X-RateLimit-Remaining", answer.Headers.Keys);
    }

    // Every address that can be read, with the lane's id and the run's in each place.
    private static async Task FindNothingAsync(HeldRoom room, HeldRun run)
    {
        var paths = room.Hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true)
            .Select(route => $"/{route.RoutePattern.RawText!.TrimStart('/')}")
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => new[] { (room.Host.Room, run.Id), (run.Lane, run.Lane), (room.Host.Room, run.Lane) }.Select(ids => path
                .Replace("{room}", ids.Item1, StringComparison.Ordinal)
                .Replace("{run}", ids.Item2, StringComparison.Ordinal)
                .Replace("{member}", room.Participant.Member, StringComparison.Ordinal)))
            .SelectMany(path => new[]
            {
                path, $"{path}?format=json", $"{path}?format=txt", $"{path}?format=html", $"{path}?after=0&limit=1000",
                $"{path}?q={Hidden}", $"{path}?start=5&end=6", $"{path}?start=0&end=6",
            })
            .ToList();
        Assert.True(paths.Count > 100);
        foreach (var caller in (MemberCaller[])[room.Participant, room.Viewer])
        {
            foreach (var path in paths)
                Assert.False((await caller.GetAsync(path)).Text.Contains(Hidden, StringComparison.Ordinal), path);

            var found = await caller.GetAsync($"{room.Host.Path}/runs?q={Hidden}");
            Assert.Equal(0, found.Json.GetProperty("runs").GetArrayLength());
            await using var viewer = await TestViewer.JoinAsync(room.Hub.Address, caller.Admission);
            Assert.DoesNotContain(Hidden, HeldRoom.Relaxed(viewer.Frames), StringComparison.Ordinal);
            await using var feed = await caller.ReplayAsync();
            for (var item = await feed.NextAsync(); item is { EventType: not EventTypes.Masked }; item = await feed.NextAsync())
                Assert.DoesNotContain(Hidden, item.Value.Data, StringComparison.Ordinal);
        }
    }
}
