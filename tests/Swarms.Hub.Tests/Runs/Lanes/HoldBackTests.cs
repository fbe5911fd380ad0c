using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

public sealed class HoldBackTests
{
    private static readonly object Five = new { seconds = 5 };
    private static readonly object ByHand = new { };

    [Fact]
    public async Task Room_Gets_A_Text_After_Its_Seconds_And_Hosts_At_Once()
    {
        await using var room = await HeldRoom.StartAsync(Five);
        var run = await room.StartRunAsync(room.Host, ["One ", "two"]);
        Assert.Equal(5, run.Hold.Seconds);

        await run.SendAsync();
        room.Time.Advance(TimeSpan.FromSeconds(3));
        await run.SendAsync();
        Assert.Equal(("One two", ""), ((await run.InLaneAsync()).Text, (await run.InRoomAsync()).Text));

        room.Time.Advance(TimeSpan.FromSeconds(2));
        await room.HasTextAsync(run.Id, "One ");
        await run.FinishInLaneAsync();
        room.Time.Advance(TimeSpan.FromSeconds(3));
        await room.HasTextAsync(run.Id, "One two");
        Assert.Equal(RunStates.Running, (await run.InRoomAsync()).State);

        room.Time.Advance(TimeSpan.FromSeconds(2));
        var ended = await run.EndedAsync();
        Assert.Equal((EventTypes.Done, "One two", 7, 150), (ended.State, ended.Text, ended.Bytes, ended.Usage?.TotalTokens));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("One two"u8)), ended.Sha256);
    }

    [Fact]
    public async Task Text_Without_Seconds_Waits_For_A_Host()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        var run = await room.StartRunAsync(room.Participant, ["One ", "two ", "three"]);
        await run.SendAsync(2);
        room.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("", (await run.InRoomAsync()).Text);

        Assert.Equal(204, (await run.ReleaseAsync(6)).Status);
        await room.HasTextAsync(run.Id, "One tw");
        Assert.Equal(6, (await run.InLaneAsync()).ReleasedTo);
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        await room.HasTextAsync(run.Id, "One two ");

        await run.FinishInLaneAsync();
        Assert.Equal("One two ", (await run.InRoomAsync()).Text);
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal((EventTypes.Done, "One two three"), await StateAsync(run));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_Drops_What_Is_Held_Also_After_The_Upstream_Has_Finished(bool hasFinished)
    {
        await using var room = await HeldRoom.StartAsync(Five);
        var run = await room.StartRunAsync(room.Host, ["One ", "secret"]);
        await run.SendAsync();
        room.Time.Advance(TimeSpan.FromSeconds(5));
        await room.HasTextAsync(run.Id, "One ");
        await run.SendAsync();
        if (hasFinished)
            await run.FinishInLaneAsync();

        var cancelled = await room.Host.CancelAsync(run.Id);

        Assert.Equal((EventTypes.Cancelled, "One "), (cancelled.State, cancelled.Text));
        room.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain("secret", (await room.Viewer.GetAsync($"{room.Host.Path}/events?limit=1000")).Text, StringComparison.Ordinal);
        (await room.Host.GetAsync($"/api/rooms/{run.Lane}")).IsProblem(404, ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Place_At_The_Upstream_Is_Free_While_The_Text_Is_Held()
    {
        await using var room = await HeldRoom.StartAsync(ByHand, settings: ("Runs:MaxParallelPerRoom", "1"));
        var first = await room.StartRunAsync(room.Host, ["One"]);
        await first.FinishInLaneAsync();

        var second = await room.StartRunAsync(room.Host, ["Two"]);
        Assert.Equal(RunStates.Running, (await first.InRoomAsync()).State);
        await room.Host.CancelAsync(first.Id);
        await room.Host.CancelAsync(second.Id);
    }

    [Fact]
    public async Task Error_Of_The_Upstream_Waits_With_The_Text()
    {
        await using var room = await HeldRoom.StartAsync(Five);
        var run = await room.StartRunAsync(room.Host, ["One"], "event: error\ndata: {\"error\": \"secret reason\"}\n\n");
        await run.FinishInLaneAsync();
        Assert.Equal(EventTypes.Error, (await run.InLaneAsync()).State);
        Assert.DoesNotContain("secret", (await room.Viewer.GetAsync($"{room.Host.Path}/events?limit=1000")).Text, StringComparison.Ordinal);

        room.Time.Advance(TimeSpan.FromSeconds(5));
        var ended = await run.EndedAsync();
        Assert.Equal((EventTypes.Error, "One", ErrorCodes.UpstreamError), (ended.State, ended.Text, ended.Error!.Code));
    }

    [Fact]
    public async Task Seconds_Of_Zero_Hold_Nothing_But_Keep_The_Lane()
    {
        await using var room = await HeldRoom.StartAsync(new { seconds = 0, keepLane = true });
        var run = await room.StartRunAsync(room.Host, ["One"]);
        await run.FinishAsync();

        Assert.Equal("One", (await run.EndedAsync()).Text);
        Assert.Equal("One", (await run.InLaneAsync()).Text);
    }

    [Fact]
    public async Task Run_Is_Stopped_When_No_Host_Was_Here_For_15_Seconds()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        var run = await room.StartRunAsync(room.Participant, ["secret"]);
        await run.SendAsync();
        room.Time.Advance(TimeSpan.FromMinutes(1));
        await room.LeaveAsync();
        room.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(RunStates.Running, (await run.InRoomAsync()).State);

        room.Time.Advance(TimeSpan.FromSeconds(1));
        var ended = await run.EndedAsync();
        Assert.Equal((EventTypes.Cancelled, "no_host", "", null), (ended.State, ended.Reason, ended.Text, ended.CancelledBy));
    }

    [Fact]
    public async Task Host_Who_Watches_The_Lane_Alone_Is_Here()
    {
        await using var room = await HeldRoom.StartAsync(ByHand, isWatched: false);
        var run = await room.StartRunAsync(room.Participant, ["One"]);
        var admission = room.Host.Admission;
        await using var lane = await TestViewer.JoinAsync(
            room.Hub.Address, admission with { Room = admission.Room with { Id = run.Lane } });
        await run.SendAsync();
        room.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        await room.HasTextAsync(run.Id, "One");
        // It is told to nobody that they watch the lane.
        Assert.Equal(0, room.Hub.Get<Presence.PresenceRegistry>().Read(run.Lane).Viewers);
        Assert.Equal(0, room.Hub.Get<Presence.PresenceRegistry>().Read(room.Host.Room).Viewers);
        await room.Host.CancelAsync(run.Id);
    }

    [Fact]
    public async Task Everything_Is_Released_Without_A_Host_Where_The_Room_Says_So_Until_One_Is_Back()
    {
        await using var room = await HeldRoom.StartAsync(new { withoutHost = "release" });
        var run = await room.StartRunAsync(room.Participant, ["One ", "two ", "three"]);
        await run.SendAsync();
        await room.LeaveAsync();
        room.Time.Advance(TimeSpan.FromSeconds(15));
        await room.HasTextAsync(run.Id, "One ");
        await run.SendAsync();
        await room.HasTextAsync(run.Id, "One two ");

        await room.WatchAsync();
        await run.FinishInLaneAsync();
        Assert.Equal("One two ", (await run.InRoomAsync()).Text);
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal((EventTypes.Done, "One two three"), await StateAsync(run));
    }

    [Fact]
    public async Task Setting_Holds_For_Later_Runs_Only()
    {
        await using var room = await HeldRoom.StartAsync(Five);
        var run = await room.StartRunAsync(room.Host, ["One"]);
        Assert.Equal(200, (await room.Host.PatchAsync(room.Host.Path, new { settings = new { holdBack = (object?)null } })).Status);
        await run.SendAsync();
        Assert.Equal("", (await run.InRoomAsync()).Text);

        room.Scripted.Upstream.Answer().Body(Sse.Chunk("Two") + Sse.Done);
        var later = await room.Host.StartAsync();
        Assert.Null(later.Hold);
        Assert.Equal("Two", (await room.Host.EndedAsync(later.Id)).Text);
        await room.Host.CancelAsync(run.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_In_Mid_Hold_Releases_Nothing(bool keepLane)
    {
        var time = HeldRoom.NewClock();
        await using var room = await HeldRoom.StartAsync(new { seconds = 5, keepLane });
        var run = await room.StartRunAsync(room.Host, ["One ", "secret"]);
        await run.SendAsync();
        room.Time.Advance(TimeSpan.FromSeconds(5));
        await room.HasTextAsync(run.Id, "One ");
        await run.SendAsync();
        Assert.Equal(204, (await run.MaskAsync(4, 6)).Status);
        await room.StopAsync(run);

        await using var restarted = room.Scripted.Restart(time);
        var viewer = room.Viewer.At(restarted.Address);
        var ended = await viewer.FindAsync(run.Id);
        Assert.Equal((EventTypes.Interrupted, "hub_stopped", "One "), (ended.State, ended.Reason, ended.Text));
        Assert.DoesNotContain("secret", (await viewer.GetAsync($"{room.Host.Path}/events?limit=1000")).Text, StringComparison.Ordinal);
        var lane = await room.Host.At(restarted.Address).GetAsync($"/api/rooms/{run.Lane}/runs/{run.Lane}");
        if (!keepLane)
        {
            lane.IsProblem(404, ErrorCodes.NotFound);
            return;
        }

        Assert.Equal("One secret", lane.Json.GetProperty("text").GetString());
        Assert.Equal(EventTypes.Interrupted, lane.Json.GetProperty("state").GetString());
        Assert.Equal("""[{"start":4,"end":6}]""", lane.Json.GetProperty("masked").GetRawText());
    }

    [Fact]
    public async Task Removing_The_Run_Erases_A_Kept_Lane_And_Ends_Its_Viewers()
    {
        await using var room = await HeldRoom.StartAsync(new { seconds = 0, keepLane = true });
        var run = await room.StartRunAsync(room.Host, ["Zanzibar"]);
        await run.FinishAsync();
        await run.EndedAsync();
        await using var caller = await HubCaller.ConnectAsync(room.Host);
        var frames = caller.Watch(run.Lane);
        await frames.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

        Assert.Equal(204, (await room.Host.DeleteAsync($"{room.Host.Path}/runs/{run.Id}")).Status);

        await HubCaller.EndsAsync(frames, ErrorCodes.NotFound);
        (await room.Host.GetAsync($"/api/rooms/{run.Lane}")).IsProblem(404, ErrorCodes.NotFound);
        // The connection lives on, and so does the room.
        await caller.InvokeAsync("Say", room.Host.Room, "Still here");
        await HeldRoom.UntilAsync(() => Task.FromResult(!room.Hub.Get<Storage.ILogWriter>().MayHaveRemains));
        await room.Hub.StopAsync();
        var file = await File.ReadAllBytesAsync(room.Hub.DatabasePath, TestContext.Current.CancellationToken);
        Assert.Equal(-1, file.AsSpan().IndexOf("Zanzibar"u8));
    }

    private static async Task<(string, string?)> StateAsync(HeldRun run)
    {
        var ended = await run.EndedAsync();
        return (ended.State, ended.Text);
    }
}
