using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>A hub whose upstream is a bare socket, which shows when the hub lets go of it.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    public const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    // The hub promises to cancel within a second, and a fault has no reason to take longer.
    private static readonly TimeSpan LetGo = TimeSpan.FromSeconds(1);

    private RawHub(RawUpstream upstream, HubUnderTest hub) => (Upstream, Hub) = (upstream, hub);

    public RawUpstream Upstream { get; }

    public HubUnderTest Hub { get; }

    public static RawHub Start(params (string Name, string Value)[] settings)
    {
        var upstream = new RawUpstream();
        return new RawHub(upstream, HubUnderTest.Start([
            ("Upstream:BaseAddress", upstream.Address().ToString()), ("Upstream:ApiKey", ScriptedHub.ApiKey),
            ("Runs:DrainTimeout", "00:00:00"), .. settings]));
    }

    /// <summary>Waits until the hub has closed its connection to the upstream.</summary>
    public static Task LetsGoAsync(RawConnection connection) => connection.Closed.WaitAsync(LetGo);

    /// <summary>Requires that the hub still works: the next run gets its whole answer.</summary>
    public async Task WorksAsync(MemberCaller member)
    {
        var run = await member.StartAsync();
        using var connection = await Upstream.AcceptRequestAsync();
        await connection.SendAsync(Head + Sse.Chunk("Again") + Sse.Done);
        Assert.Equal((EventTypes.Done, "Again"), await member.EndedAsync(run.Id) is var ended ? (ended.State, ended.Text) : default);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Assert.False(Upstream.HasCaller, "A connection was made that no run of the test has made.");
        Upstream.Dispose();
    }
}
