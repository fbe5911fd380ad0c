using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>A hub with a scripted upstream, a room and its host.</summary>
internal sealed class ScriptedHub : IAsyncDisposable
{
    public const string ApiKey = "sk-upstream-4f1c9e7d";

    private ScriptedHub(ScriptedUpstream upstream, HubUnderTest hub, MemberCaller host) => (Upstream, Hub, Host) = (upstream, hub, host);

    public ScriptedUpstream Upstream { get; }

    public HubUnderTest Hub { get; }

    public MemberCaller Host { get; }

    public static Task<ScriptedHub> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    public static async Task<ScriptedHub> StartAsync(TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var upstream = await ScriptedUpstream.StartAsync();
        // Runs that a test leaves hanging end as soon as the hub stops.
        var hub = HubUnderTest.Start(time, [
            ("Upstream:BaseAddress", upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ApiKey), ("Runs:DrainTimeout", "00:00:00"),
            .. settings]);
        return new ScriptedHub(upstream, hub, await hub.CreateRoomAsync());
    }

    /// <summary>Starts another hub on the same database and upstream, after this one has stopped.</summary>
    public HubUnderTest Restart(TimeProvider? time, params (string Name, string Value)[] settings) =>
        Hub.Restart(time, [("Upstream:BaseAddress", Upstream.BaseAddress.ToString()), ("Upstream:ApiKey", ApiKey), .. settings]);

    /// <summary>Scripts answers that begin with a chunk and then hold the connection.</summary>
    public IReadOnlyList<ScriptedAnswer> AnswerAndHang(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Upstream.Answer().Body(Sse.Chunk("Once ")).Hang())];

    /// <summary>Returns when the commit queue is full (the test sets 16 events) and the run loops wait for it.</summary>
    public Task HeldBackAsync() => Until.TrueAsync(() => Hub.Get<CommitQueue>().PendingEvents >= 16);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
