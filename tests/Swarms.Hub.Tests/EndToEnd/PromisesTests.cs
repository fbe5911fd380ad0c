using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>The hub's promises, one test for each, over real sockets.</summary>
public sealed class PromisesTests
{
    private const string ApiKey = "sk-upstream-91c3";

    // The bytes that may lie between the pump and a stalled client: SignalR's pipe and Kestrel's (64 KiB each, and a frame that
    // overfills it), the kernel's small buffers on both sides, and one frame on its way.
    private const int MostInTransit = 6 * 65_536;

    [Fact]
    public async Task What_A_Viewer_Has_Seen_Is_Stored()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var room = await hub.CreateRoomAsync();
        for (var kill = 1; kill <= 3; kill++)
        {
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
            var run = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 500 });
            await viewer.WaitAsync(() => viewer.Events.Count > 60 * kill);

            await hub.KillAsync();
            await viewer.EndAsync();
            await hub.StartAsync();

            var held = viewer.FindRun(run.Id)!.Text!;
            using var client = hub.CreateClient(room.Token);
            var stored = await client.GetFromJsonAsync<Run>(
                $"api/rooms/{room.Room.Id}/runs/{run.Id}", ProtocolJson.Options, TestContext.Current.CancellationToken);
            Assert.StartsWith(held, stored!.Text, StringComparison.Ordinal);
            var log = await hub.ReadEventsAsync(room);
            Assert.All(viewer.Events, seen => Assert.Equal(Text(log[(int)seen.Sequence - 1]), Text(seen)));
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Every_Viewer_Sees_Each_Event_Once_In_Order_Without_A_Gap_However_Often_It_Reconnects(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}");
        var room = await hub.CreateRoomAsync();
        using var joined = new SemaphoreSlim(0);
        Task<List<RoomEvent>>[] viewers =
        [
            ReconnectAsync(hub, room, joined, 1), ReconnectAsync(hub, room, joined, 17), ReconnectAsync(hub, room, joined, 60),
            ReconnectFeedAsync(hub, room, joined, 5), ReconnectFeedAsync(hub, room, joined, 60),
        ];
        // All viewers join before the run starts: on a busy machine its one second would be over before some have joined.
        for (var i = 0; i < viewers.Length; i++)
            await joined.WaitAsync(TestContext.Current.CancellationToken).InTime();

        await hub.StartRunAsync(room, new { chunks = 400, chunksPerSecond = 400 });
        var seen = await Task.WhenAll(viewers);

        var log = await hub.ReadEventsAsync(room);
        Assert.All(seen, events => Assert.Equal(log.Skip(log.Count - events.Count).Select(Text), events.Select(Text)));
        Assert.All(seen, events => Assert.Equal(400, events.Count(e => e.Type == EventTypes.Chunk)));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_Viewer_Always_Knows_What_It_Got(string directSockets)
    {
        await using var hub = await HubProcess.StartNewAsync($"--Server:DirectSockets={directSockets}", "--Rooms:MaxBehindEvents=20");
        var room = await hub.CreateRoomAsync();
        await using var first = await TestViewer.JoinAsync(hub.Address, room);
        var run = await hub.StartRunAsync(room, new { chunks = 50, chunksPerSecond = 0 });
        var end = await first.EndOfAsync(run.Id);
        Assert.True(RoomCursor.TryParse(first.Cursor, out var head));

        var near = await hub.CursorAtAsync(room, head.Sequence - 20);
        foreach (var (cursor, reason) in new (string? Cursor, string? Reason)[]
        {
            (null, SnapshotReasons.First),
            (head.Token[..4] + new string('0', 32) + $":{head.Sequence}", SnapshotReasons.Diverged),
            ($"{head.Token}:{head.Sequence - 1}", SnapshotReasons.Diverged),
            ($"{head.Token}:{head.Sequence + 1}", SnapshotReasons.Diverged),
            // The cursors are of another version of the state, of an audience that there is not, and of another audience.
            ($"ff{head.Token[2..]}:{head.Sequence}", SnapshotReasons.Diverged),
            ($"{head.Token[..2]}03{head.Token[4..]}:{head.Sequence}", SnapshotReasons.Diverged),
            ($"{head.Token[..2]}01{head.Token[4..]}:{head.Sequence}", SnapshotReasons.Audience),
            (await hub.CursorAtAsync(room, head.Sequence - 21), SnapshotReasons.Behind),
            (near, null),
            (head.ToString(), null),
        })
        {
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room, cursor);
            await viewer.WaitAsync(() => viewer.Cursor == first.Cursor);
            Assert.Equal(
                (reason is null ? FrameKinds.Resumed : FrameKinds.Snapshot, reason), (viewer.Frames[0].Kind, viewer.Frames[0].Reason));
            if (reason is null)
                Assert.Equal(cursor == near ? 20 : 0, viewer.Events.Count);
            else
                Assert.Equal(Text(end), Text(viewer.FindRun(run.Id)!));
        }
    }

    [Fact]
    public async Task A_Run_Outlives_Whoever_Started_It_And_Ends_Exactly_Once()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        await using var hub = await HubProcess.StartNewAsync(
            $"--Upstream:BaseAddress={upstream.BaseAddress}", $"--Upstream:ApiKey={ApiKey}");
        var room = await hub.CreateRoomAsync();
        var isAlone = new TaskCompletionSource();
        upstream.Answer().Body(Sse.Chunk("Once ")).WaitFor(isAlone.Task).Body(Sse.Chunk("upon") + Sse.Done);
        string run;
        await using (var starter = await HubCaller.ConnectAsync(new Caller(hub.Address, room.Token)))
            run = (await starter.InvokeAsync("StartRun", room.Room.Id, new { kind = RunKinds.Agent, request = RunCalls.Story }))
                .GetProperty("id")
                .GetString()!;

        isAlone.SetResult();

        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var ended = await viewer.EndOfAsync(run);
        Assert.Equal((EventTypes.Done, "Once upon"), (ended.State, ended.Text));
        Assert.Single(await hub.ReadEventsAsync(room), e => e.Run == run && EventTypes.IsEnding(e.Type));
    }

    [Fact]
    public async Task Run_Left_Open_By_A_Crash_Is_Ended_As_Interrupted_On_Startup()
    {
        await using var hub = await HubProcess.StartNewAsync("--Runs:MaxParallelPerRoom=1");
        var room = await hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);
        var running = await hub.StartRunAsync(room, new { chunks = 100_000, chunksPerSecond = 100 });
        var waiting = await hub.StartRunAsync(room, new { chunks = 1 });
        await viewer.WaitForEventAsync(e => e.Run == waiting.Id);
        await viewer.WaitForEventAsync(e => e.Run == running.Id && e.Type == EventTypes.Chunk);

        await hub.KillAsync();
        await hub.StartAsync();

        await using var back = await TestViewer.JoinAsync(hub.Address, room);
        var log = await hub.ReadEventsAsync(room);
        foreach (var run in new[] { running, waiting })
        {
            Assert.Equal((EventTypes.Interrupted, "hub_crashed"), (back.FindRun(run.Id)!.State, back.FindRun(run.Id)!.Reason));
            Assert.Equal(EventTypes.Interrupted, Assert.Single(log, e => e.Run == run.Id && EventTypes.IsEnding(e.Type)).Type);
            Assert.Equal(EventTypes.Interrupted, log.Last(e => e.Run == run.Id).Type);
        }
    }

    [Fact]
    public async Task Nobody_Sees_Or_Does_What_Their_Role_Does_Not_Allow_And_Keys_Never_Leave_The_Hub()
    {
        const string ToolToken = "tool-token-5512";
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Answer().Body(Sse.Chunk($"I was given {ApiKey} and {ToolToken}.") + Sse.Done);
        await using var hub = await HubProcess.StartNewAsync(
            $"--Upstream:BaseAddress={upstream.BaseAddress}", $"--Upstream:ApiKey={ApiKey}");
        var host = await CreateRoomAsync(hub);
        var viewer = await host.InviteAsync(MemberRoles.Viewer);
        var stranger = await CreateRoomAsync(hub);
        await using var watching = await FeedReader.OpenAsync(viewer);

        (await viewer.TryStartAsync()).IsProblem(403, ErrorCodes.Forbidden);
        foreach (var path in new[] { "", "/events", "/runs", "/transcript" })
        {
            (await new Caller(hub.Address).GetAsync(host.Path + path)).IsProblem(401, ErrorCodes.Unauthenticated);
            Assert.InRange((await stranger.GetAsync(host.Path + path)).Status, 403, 404);
        }

        await using (var peeping = await HubCaller.ConnectAsync(stranger))
            await HubCaller.EndsAsync(peeping.Watch(host.Room), ErrorCodes.NotFound);

        var run = await host.StartAsync(
            new { agent_config = new { agent_name = "Writer", mcp_config = new { authorization_token = ToolToken } }, task = "Tell" });
        var shown = new List<string>();
        await watching.UntilAsync(item =>
        {
            shown.Add(item.Data);
            return item.EventType == EventTypes.Done;
        });
        shown.Add(hub.Output);
        Assert.Contains("I was given", (await host.FindAsync(run.Id)).Text, StringComparison.Ordinal);
        Assert.All(shown, text => Assert.DoesNotContain(ApiKey, text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain(ToolToken, text, StringComparison.Ordinal));
        Assert.DoesNotContain(
            host.Token!, string.Join(' ', upstream.Requests[0].Headers.Values) + upstream.Requests[0].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_That_Stops_Reading_Delays_Nobody_And_Costs_Bounded_Memory()
    {
        await using var hub = await ScriptedHub.StartAsync(("Server:SendBufferBytes", "4096"), ("Delivery:SendTimeout", "00:10:00"));
        using var delivered = new Metric(hub.Hub, "swarms_hub.events.delivered");
        using var caughtUp = new Metric(hub.Hub, "swarms_hub.events.caught_up");
        await using var stalled = await SlowViewer.JoinAsync(hub.Host);
        var healthy = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TestViewer.JoinAsync(hub.Hub.Address, hub.Host.Admission)));
        Speech.Script(hub.Upstream);

        var run = await hub.Host.StartAsync();
        var ends = await Task.WhenAll(healthy.Select(viewer => viewer.EndOfAsync(run.Id)));

        var log = await hub.Host.EventsAsync();
        Assert.All(healthy, viewer => Assert.Equal(log.Skip(2).Select(e => e.Sequence), viewer.Events.Select(e => e.Sequence)));
        Assert.All(healthy, viewer => Assert.Equal(ends[0].Sha256, Speech.DigestOf(viewer.Events)));
        // The events handed to all viewers minus those of the healthy ones are all that can lie in memory for the stalled one.
        var handed = delivered.Value + caughtUp.Value - healthy.Sum(viewer => viewer.Events.Count);
        Assert.InRange(handed * Speech.ChunkBytes, 0, MostInTransit);
        Assert.Null(stalled.FindRun(run.Id));

        var late = await stalled.EndOfAsync(run.Id);

        Assert.Equal(ends[0], late);
        Assert.Equal(log.Skip(2).Select(Text), stalled.Events.Select(Text));
        foreach (var viewer in healthy)
            await viewer.DisposeAsync();
    }

    [Fact]
    public async Task Cancel_Stops_Upstream_Within_A_Second()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var answer = scripted.Upstream.Answer().Body(Sse.Chunk("Once ") + Sse.Chunk("upon") + Sse.Usage).Hang();
        var run = await scripted.Host.StartAsync();
        await scripted.Host.SeenAsync(EventTypes.Usage, run.Id);

        var watch = Stopwatch.StartNew();
        var cancelled = await scripted.Host.CancelAsync(run.Id);
        await answer.Aborted.InTime();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal((EventTypes.Cancelled, "requested", "Once upon"), (cancelled.State, cancelled.Reason, cancelled.Text));
        Assert.Equal((150, 0.003m), (cancelled.Usage!.TotalTokens, cancelled.Usage.Cost));
        var ending = (await scripted.Host.EndsOnceAsync(run.Id))[^1];
        Assert.Equal((EventTypes.Cancelled, scripted.Host.Member), (ending.Type, ending.By));
        Assert.Equal("requested", ending.Data.GetProperty("reason").GetString());
    }

    // The viewer leaves after some events and comes back with its cursor, until the end of the run.
    private static async Task<List<RoomEvent>> ReconnectAsync(HubProcess hub, RoomAdmission room, SemaphoreSlim joined, int stay)
    {
        var seen = new List<RoomEvent>();
        for (string? cursor = null; ;)
        {
            await using var viewer = await TestViewer.JoinAsync(hub.Address, room, cursor);
            Assert.Equal(cursor is null ? FrameKinds.Snapshot : FrameKinds.Resumed, viewer.Frames[0].Kind);
            if (cursor is null)
                joined.Release();

            await viewer.WaitAsync(() => viewer.Events.Count >= stay || viewer.Events.Any(IsLast));
            // Events and cursor are read together, because more may come while it leaves.
            (var events, cursor) = viewer.Seen;
            seen.AddRange(events);
            if (IsLast(seen[^1]))
                return seen;
        }
    }

    private static async Task<List<RoomEvent>> ReconnectFeedAsync(HubProcess hub, RoomAdmission room, SemaphoreSlim joined, int stay)
    {
        var seen = new List<RoomEvent>();
        for (string? cursor = null; ;)
        {
            await using var feed = await FeedReader.OpenAsync(
                new Caller(hub.Address, room.Token),
                $"/api/rooms/{room.Room.Id}/events",
                cursor is null ? [] : [("Last-Event-ID", cursor)]);
            Assert.Equal(cursor is null ? FrameKinds.Snapshot : FrameKinds.Resumed, (await feed.NextAsync())?.EventType);
            if (cursor is null)
                joined.Release();

            for (var i = 0; i < stay; i++)
            {
                var item = (await feed.NextAsync())!.Value;
                // A busy machine leaves silences.
                if (item.EventType == SseEvents.Ping)
                    continue;

                cursor = item.EventId;
                seen.Add(JsonSerializer.Deserialize<RoomEvent>(item.Data, ProtocolJson.Options)!);
                if (IsLast(seen[^1]))
                    return seen;
            }
        }
    }

    // The sums follow the ending.
    private static bool IsLast(RoomEvent roomEvent) => roomEvent.Type == EventTypes.Spending;

    private static async Task<MemberCaller> CreateRoomAsync(HubProcess hub)
    {
        var answer = await new Caller(hub.Address).PostAsync("/api/rooms", new { name = "Physics", memberName = "Ann" });
        Assert.Equal(201, answer.Status);
        return new MemberCaller(hub.Address, answer.Json);
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);
}
