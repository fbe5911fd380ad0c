using System.Reflection;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Lets .NET go on with a chunk of an upstream on the thread that saw it arrive, where it would wake a thread or two of the pool for
/// each: a sixth of the hub's CPU with twenty runs in flight (tests/Swarms.Hub.LoadTest/RESULTS.md). What requests and viewers say is
/// Kestrel's, which hands it to the pool all the same; a viewer that could not be sent to goes on there at first. What runs there must
/// not take long: see the yields in <see cref="Hubs.Wire.WebSocketOutput"/>, <see cref="Upstream.SwarmsApi.SseLineStream"/>,
/// <see cref="Upstream.SwarmsApi.UpstreamAnswer"/> and <see cref="Runs.RunPump"/>.
/// </summary>
internal static class SocketThreads
{
    // .NET has no other switch for it, and reads this one when the first socket is made.
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>In this process only where it is the hub's own: another's code, as a test's, may block. An operator's setting stays.</summary>
    public static void Use()
    {
        if (Assembly.GetEntryAssembly() == typeof(SocketThreads).Assembly && Environment.GetEnvironmentVariable(Switch) is null)
            Environment.SetEnvironmentVariable(Switch, "1");
    }
}
