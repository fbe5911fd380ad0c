using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>
/// A room that holds texts back, with a host who watches it, a participant and a viewer, and a clock that the test moves.
/// </summary>
internal sealed class HeldRoom : IAsyncDisposable
{
    private static readonly JsonSerializerOptions RelaxedOptions =
        new(ProtocolJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private TestViewer? _watching;

    private HeldRoom(ScriptedHub scripted, FakeTimeProvider time, MemberCaller host) => (Scripted, Time, Host) = (scripted, time, host);

    public ScriptedHub Scripted { get; }

    public FakeTimeProvider Time { get; }

    public MemberCaller Host { get; }

    public MemberCaller Participant { get; private set; } = null!;

    public MemberCaller Viewer { get; private set; } = null!;

    public HubUnderTest Hub => Scripted.Hub;

    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public static async Task<HeldRoom> StartAsync(object holdBack, bool isWatched = true, params (string Name, string Value)[] settings)
    {
        var time = NewClock();
        var scripted = await ScriptedHub.StartAsync(time, settings);
        return await OpenAsync(scripted, time, scripted.Host, holdBack, isWatched);
    }

    /// <summary>Makes the room of this host one that holds texts back.</summary>
    public static async Task<HeldRoom> OpenAsync(
        ScriptedHub scripted, FakeTimeProvider time, MemberCaller host, object holdBack, bool isWatched = true)
    {
        var room = new HeldRoom(scripted, time, host);
        var answer = await host.PatchAsync(host.Path, new { settings = new { holdBack } });
        Assert.True(answer.Status == 200, answer.Text);
        room.Participant = await host.InviteAsync(MemberRoles.Participant, "Paul");
        room.Viewer = await host.InviteAsync(MemberRoles.Viewer, "Vera");
        if (isWatched)
            await room.WatchAsync();

        return room;
    }

    public async Task WatchAsync() => _watching = await TestViewer.JoinAsync(Hub.Address, Host.Admission);

    public async Task LeaveAsync()
    {
        await _watching!.DisposeAsync();
        _watching = null;
        await UntilAsync(() => Task.FromResult(!Hub.Get<Access.RoomWatchers>().Of(Host.Room).Contains(Host.Member)));
    }

    /// <summary>Starts a run whose upstream sends these texts, each when the test says so, and then its end.</summary>
    public async Task<HeldRun> StartRunAsync(MemberCaller by, IReadOnlyList<string> texts, string end = Sse.Usage + Sse.Done) =>
        await StartRawAsync(by, [.. texts.Select(Sse.Chunk), end], [.. texts.Select(text => text.Length), 0]);

    public async Task<HeldRun> StartRawAsync(MemberCaller by, IReadOnlyList<string> frames, IReadOnlyList<int> lengths)
    {
        var gates = frames.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var answer = Scripted.Upstream.Answer().Start();
        for (var i = 0; i < frames.Count; i++)
            answer.WaitFor(gates[i].Task).Body(frames[i]);

        var run = await by.StartAsync();
        await answer.Requested.InTime();
        return new HeldRun(this, run, gates, lengths);
    }

    public async Task<Run> RunAsync(string room, string run)
    {
        using var lease = await Hub.Get<IRoomDirectory>().OpenAsync(room, TestContext.Current.CancellationToken);
        return lease.Log.Query(state => state.FindRun(run)!.ToRun());
    }

    public Task<Answer> MaskAsync(string run, int start, int end, MemberCaller? by = null) =>
        (by ?? Host).PostAsync($"{Host.Path}/runs/{run}/mask", new { start, end });

    public Task<Answer> ReleaseAsync(string run, int? to = null, MemberCaller? by = null) =>
        (by ?? Host).PostAsync($"{Host.Path}/runs/{run}/release", new { to });

    /// <summary>Waits for what happens in other threads; the clock stands meanwhile.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition) => Until.TrueAsync(condition);

    /// <summary>Waits until the room's run has this text.</summary>
    public async Task HasTextAsync(string run, string text)
    {
        try
        {
            await UntilAsync(async () => (await RunAsync(Host.Room, run)).Text == text);
        }
        catch (TimeoutException)
        {
            Assert.Equal(text, (await RunAsync(Host.Room, run)).Text);
        }
    }

    /// <summary>Returns the JSON with its letters as they are.</summary>
    public static string Relaxed<T>(T value) => JsonSerializer.Serialize(value, RelaxedOptions);

    /// <summary>Stops the hub in the midst of the run. The clock stands until the run has its ending.</summary>
    public async Task StopAsync(HeldRun run)
    {
        // The host waits for the drain on the thread that stops it.
        var stopping = Task.Run(Hub.StopAsync);
        await run.EndedAsync();
        while (!stopping.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            // The stop needs a core between two moves of the clock, and gives no signal.
            await Task.Delay(1, CancellationToken.None);
        }

        await stopping;
    }

    /// <summary>Ends the host's watch where the hub goes on.</summary>
    public async Task EndWatchAsync()
    {
        if (_watching is not null)
            await _watching.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndWatchAsync();
        // A hub that stops waits by its clock where a failed test left a run open.
        var disposing = Task.Run(async () => await Scripted.DisposeAsync());
        while (!disposing.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            // The stop needs a core between two moves of the clock, and gives no signal.
            await Task.Delay(1, CancellationToken.None);
        }

        await disposing;
    }
}
