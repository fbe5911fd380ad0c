using Swarms.Hub.Access;
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
        room.Time.Advance(TimeSpan.FromHours(2));
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

    [Fact]
    public async Task Masked_Passage_Is_Missing_And_The_Digest_Is_That_Of_The_Rest()
    {
        await using var room = await HeldRoom.StartAsync(new { seconds = 5, keepLane = true });
        var run = await room.StartRunAsync(room.Host, ["Call 1", "12 now"]);
        await run.SendAsync(2);

        Assert.Equal(204, (await run.MaskAsync(5, 8)).Status);
        await run.FinishInLaneAsync();
        room.Time.Advance(TimeSpan.FromSeconds(5));

        var ended = await run.EndedAsync();
        Assert.Equal(("Call  now", 9), (ended.Text, ended.Bytes));
        Assert.Equal([new RunMask(5, 3)], ended.Masks!);
        Assert.Equal("1ea0fa9f1b959e8317a2c7d506fc04a75623bc9bdf44142ceae9698d35cb7c05", ended.Sha256);
        var events = (await room.Participant.EventsAsync(run.Id)).Select(e => e.Type);
        Assert.Equal(
            [EventTypes.RunQueued, EventTypes.RunStarted, EventTypes.Chunk, EventTypes.Masked, EventTypes.Masked, EventTypes.Chunk,
                EventTypes.Usage, EventTypes.Done],
            events);

        // Hosts keep the whole text, and what was masked in it.
        var kept = (await room.Host.GetAsync($"/api/rooms/{run.Lane}/runs/{run.Lane}")).Json;
        Assert.Equal("Call 112 now", kept.GetProperty("text").GetString());
        Assert.Equal("""[{"start":5,"end":8}]""", kept.GetProperty("masked").GetRawText());
    }

    [Fact]
    public async Task Masks_Of_Bad_Places_Are_Refused_With_Their_Codes()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        var run = await room.StartRunAsync(room.Host, ["0123456789"]);
        (await run.MaskAsync(0, 1)).IsProblem(400, ErrorCodes.Invalid);
        await run.SendAsync();

        (await run.MaskAsync(3, 3)).IsProblem(400, ErrorCodes.Invalid);
        (await run.MaskAsync(-1, 3)).IsProblem(400, ErrorCodes.Invalid);
        (await run.MaskAsync(4, 3)).IsProblem(400, ErrorCodes.Invalid);
        (await run.MaskAsync(8, 11)).IsProblem(400, ErrorCodes.Invalid);
        (await run.ReleaseAsync(-1)).IsProblem(400, ErrorCodes.Invalid);
        (await run.ReleaseAsync(11)).IsProblem(400, ErrorCodes.Invalid);
        (await run.MaskAsync(0, 1, room.Participant)).IsProblem(403, ErrorCodes.Forbidden);
        (await run.ReleaseAsync(null, room.Viewer)).IsProblem(403, ErrorCodes.Forbidden);
        (await room.MaskAsync("none", 0, 1)).IsProblem(404, ErrorCodes.NotFound);
        (await room.Host.PostAsync($"/api/rooms/{run.Lane}/runs/{run.Lane}/mask", new { start = 0, end = 1 })).IsProblem(404, ErrorCodes.NotFound);

        Assert.Equal(204, (await run.ReleaseAsync(4)).Status);
        await room.HasTextAsync(run.Id, "0123");
        var refused = (await run.MaskAsync(3, 6)).IsProblem(409, ErrorCodes.Conflict);
        Assert.Contains("up to 4", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Null((await run.InLaneAsync()).Masked);
        Assert.Equal(204, (await run.MaskAsync(4, 6)).Status);

        await run.FinishInLaneAsync();
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal("01236789", (await run.EndedAsync()).Text);
        (await run.MaskAsync(6, 7)).IsProblem(409, ErrorCodes.Conflict);
        (await run.ReleaseAsync()).IsProblem(409, ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Mask_Of_A_Run_That_Waits_Is_Refused()
    {
        await using var room = await HeldRoom.StartAsync(ByHand, settings: ("Runs:MaxParallelPerRoom", "1"));
        var first = await room.StartRunAsync(room.Host, ["One"]);
        var queued = await room.Host.StartAsync();
        (await room.MaskAsync(queued.Id, 0, 1)).IsProblem(409, ErrorCodes.Conflict);
        Assert.Equal(200, (await room.Host.PatchAsync(room.Host.Path, new { settings = new { moderated = true } })).Status);
        var proposed = RunCalls.Started(await room.Participant.TryStartAsync());
        (await room.MaskAsync(proposed.Id, 0, 1)).IsProblem(409, ErrorCodes.Conflict);
        Assert.Null(proposed.Hold);

        await room.Host.CancelAsync(proposed.Id);
        await room.Host.CancelAsync(queued.Id);
        await room.Host.CancelAsync(first.Id);
    }

    [Fact]
    public async Task The_1001st_Mask_Is_Too_Large()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        var run = await room.StartRunAsync(room.Host, [new string('x', 2_100)]);
        await run.SendAsync();
        await using var caller = await HubCaller.ConnectAsync(room.Host);
        for (var i = 0; i < 1_000; i++)
            await caller.InvokeAsync("MaskRun", room.Host.Room, run.Id, 2 * i, (2 * i) + 1);

        await caller.IsRefusedAsync(ErrorCodes.TooLarge, "MaskRun", room.Host.Room, run.Id, 2_050, 2_051);
        await caller.InvokeAsync("ReleaseRun", room.Host.Room, run.Id, null);
        await room.HasTextAsync(run.Id, new string('x', 1_100));
        await room.Host.CancelAsync(run.Id);
    }

    [Fact]
    public async Task A_Character_Cut_By_Chunks_Is_Masked_Whole()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        // The upstream cuts the first pair: "\ud83d" comes with one frame, and "\udc69" with the next.
        static string Escaped(string content) => $"event: chunk\ndata: {{\"content\": \"{content}\"}}\n\n";
        var run = await room.StartRawAsync(
            room.Host,
            [Escaped("a"), Escaped("\\ud83d") + Escaped("\\udc69\\u200d"), Escaped("\\ud83d\\udc69"), Escaped("\\u200d\\ud83d\\udc67b"), Sse.Done],
            [1, 3, 2, 4, 0]);
        await run.SendAsync(4);

        Assert.Equal(204, (await run.MaskAsync(4, 5)).Status);
        Assert.Equal([new TextRange(1, 9)], (await run.InLaneAsync()).Masked!);
        await run.FinishInLaneAsync();
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal("ab", (await run.EndedAsync()).Text);
    }

    [Fact]
    public async Task A_Mark_That_Comes_Later_Is_Masked_With_Its_Letter()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        var run = await room.StartRunAsync(room.Host, ["ae", "\u0301b"]);
        await run.SendAsync();
        Assert.Equal(204, (await run.MaskAsync(1, 2)).Status);
        await run.SendAsync();

        Assert.Equal([new TextRange(1, 3)], (await run.InLaneAsync()).Masked!);
        await run.FinishInLaneAsync();
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal("ab", (await run.EndedAsync()).Text);
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
        room.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
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

        Assert.Equal(("One secret", EventTypes.Interrupted), (lane.Json.GetProperty("text").GetString(), lane.Json.GetProperty("state").GetString()));
        Assert.Equal("""[{"start":4,"end":6}]""", lane.Json.GetProperty("masked").GetRawText());
    }

    [Fact]
    public async Task Removing_The_Run_Erases_A_Kept_Lane_And_Ends_Its_Viewers()
    {
        await using var room = await HeldRoom.StartAsync(new { seconds = 0, keepLane = true });
        var run = await room.StartRunAsync(room.Host, ["secret"]);
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
        Assert.DoesNotContain(
            "secret", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(room.Hub.DatabasePath)), StringComparison.Ordinal);
    }

    private static async Task<(string, string?)> StateAsync(HeldRun run)
    {
        var ended = await run.EndedAsync();
        return (ended.State, ended.Text);
    }
}
