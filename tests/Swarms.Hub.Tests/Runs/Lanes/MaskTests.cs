using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

public sealed class MaskTests
{
    private static readonly object ByHand = new { };

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
        var atLane = await room.Host.PostAsync($"/api/rooms/{run.Lane}/runs/{run.Lane}/mask", new { start = 0, end = 1 });
        atLane.IsProblem(404, ErrorCodes.NotFound);

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
        var run = await room.StartRunAsync(room.Host, ["a👩\u200D", "👩", "\u200D👧b"]);
        await run.SendAsync(3);

        Assert.Equal(204, (await run.MaskAsync(4, 5)).Status);
        Assert.Equal([new TextRange(1, 9)], (await run.InLaneAsync()).Masked!);
        await run.FinishInLaneAsync();
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal("ab", (await run.EndedAsync()).Text);
    }

    [Fact]
    public async Task Halves_Of_A_Pair_In_Two_Chunks_Are_Replaced_As_Everywhere_And_Masked_Apart()
    {
        await using var room = await HeldRoom.StartAsync(ByHand);
        static string Escaped(string content) => $"event: chunk\ndata: {{\"content\": \"{content}\"}}\n\n";
        var run = await room.StartRawAsync(room.Host, [Escaped("a\\ud83d"), Escaped("\\udc69b"), Sse.Done], [2, 2, 0]);
        await run.SendAsync(2);

        Assert.Equal(204, (await run.MaskAsync(1, 2)).Status);
        Assert.Equal([new TextRange(1, 2)], (await run.InLaneAsync()).Masked!);
        await run.FinishInLaneAsync();
        Assert.Equal(204, (await run.ReleaseAsync()).Status);
        Assert.Equal("a\uFFFDb", (await run.EndedAsync()).Text);
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
}
