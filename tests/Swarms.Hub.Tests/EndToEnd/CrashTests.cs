using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// Kills a started hub with SIGKILL at random instants while runs, joins, cancels, messages and settings are in flight. Compares what it
/// says afterwards with the records of viewers outside. <c>SWARMS_HUB_KILLS</c> sets the number of kills (5 in the suite).
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("SWARMS_HUB_KILLS") ?? "5", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Events_Visible_Before_A_Crash_Are_Readable_After_Restart()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var hub = await HubProcess.StartNewAsync();
        RoomAdmission? room = null;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Each check reads the whole log. A new room now and then keeps hundreds of kills from taking hours.
            if (kill % 20 == 0 || room is null)
                room = await hub.CreateRoomAsync();

            var (viewers, runs, calls) = await DisturbAsync(hub, room, random);
            await hub.KillAsync();
            foreach (var viewer in viewers)
                await viewer.EndAsync();

            await hub.StartAsync();
            // Sometimes the kill comes before the first call.
            if (random.Next(5) == 0)
            {
                await hub.KillAsync();
                await hub.StartAsync();
            }

            await hub.VerifyAsync(viewers[^1].Cursor);
            await CheckAsync(hub, room, viewers, runs);
            await calls.CheckAsync(hub, room);
            foreach (var viewer in viewers)
                await viewer.DisposeAsync();
        }
    }

    private static async Task<(List<TestViewer> Viewers, List<Run> Runs, CallsInFlight Calls)> DisturbAsync(
        HubProcess hub, RoomAdmission room, Random random)
    {
        var viewers = new List<TestViewer> { await TestViewer.JoinAsync(hub.Address, room), await TestViewer.JoinAsync(hub.Address, room) };
        var runs = new List<Run>();
        for (var i = random.Next(1, 5); i > 0; i--)
            runs.Add(await hub.StartRunAsync(room, new { chunks = random.Next(5, 400), chunksPerSecond = random.Next(50, 600) }));

        viewers.Add(await TestViewer.JoinAsync(hub.Address, room));
        var calls = await CallsInFlight.BeginAsync(hub, room, runs[0], random.Next());
        // The kill is timed by events, so that it hits the work and not a pause.
        var seen = random.Next(1, 120);
        await Task.WhenAny(viewers[0].WaitAsync(() => viewers[0].Events.Count >= seen), viewers[0].EndOfAsync(runs[^1].Id));
        await calls.AnyAsync();
        return (viewers, runs, calls);
    }

    private static async Task CheckAsync(HubProcess hub, RoomAdmission room, List<TestViewer> viewers, List<Run> runs)
    {
        var log = await hub.ReadEventsAsync(room);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Sequence));
        foreach (var viewer in viewers)
        {
            // Promise 1: everything that a viewer has seen is stored exactly.
            foreach (var seen in viewer.Events)
                Assert.Equal(Json(seen), Json(log[(int)seen.Sequence - 1]));

            // Promise 3: nothing was lost, so the viewer resumes.
            await using var resumed = await TestViewer.JoinAsync(hub.Address, room, viewer.Cursor);
            Assert.Equal((FrameKinds.Resumed, log.Count), (resumed.Frames[0].Kind, resumed.Frames[0].Head));
            await resumed.WaitAsync(() => Sequence(resumed.Cursor) == log.Count);
            Assert.Equal(log.Skip((int)Sequence(viewer.Cursor)).Select(Json), resumed.Events.Select(Json));
        }

        // A snapshot equals the fold of the log, with the members, names and runs that the store keeps in tables.
        await using var late = await TestViewer.JoinAsync(hub.Address, room);
        var state = new RoomState(room.Room);
        foreach (var roomEvent in log)
            state.Apply(roomEvent);

        Assert.All(runs, run => Assert.True(RunStates.HasEnded(late.FindRun(run.Id)!.State)));
        var snapshot = late.Frames[0];
        Assert.Equal(Json(state.ToSnapshot(snapshot.Cursor, snapshot.Reason!)), Json(snapshot));

        foreach (var run in runs)
        {
            // Promise 5: exactly one ending, and nothing after it.
            var events = log.Where(e => e.Run == run.Id).ToList();
            Assert.Single(events, e => EventTypes.IsEnding(e.Type));
            Assert.True(EventTypes.IsEnding(events[^1].Type));
            if (events[^1].Type == EventTypes.Done)
                Assert.Equal(Speech.DigestOf(events), events[^1].Data.GetProperty("sha256").GetString());
        }

        var next = await hub.StartRunAsync(room, new { chunks = 3, chunksPerSecond = 0 });
        Assert.Equal(EventTypes.Done, (await late.EndOfAsync(next.Id)).State);
    }

    private static long Sequence(string cursor) =>
        RoomCursor.TryParse(cursor, out var parsed) ? parsed.Sequence : throw new InvalidOperationException(cursor);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);
}
