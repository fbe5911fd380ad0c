using System.Reflection;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Lets .NET handle an upstream's chunk on the socket thread that received it, instead of waking a pool thread or two for each. That
/// saves a sixth of the hub's CPU with twenty runs in flight (tests/Swarms.Hub.LoadTest/RESULTS.md). Kestrel still hands what requests
/// and viewers send to the pool; a viewer whose send had to wait resumes on the socket thread. Code on that thread must be short: see the
/// yields in <see cref="Hubs.Wire.WebSocketOutput"/>, <see cref="Upstream.SwarmsApi.SseLineStream"/>,
/// <see cref="Upstream.SwarmsApi.UpstreamAnswer"/> and <see cref="Runs.RunPump"/>.
/// </summary>
internal static class SocketThreads
{
    // .NET has no other switch for this and reads it when the first socket is created.
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Sets the switch if this process is the hub's own: other code, such as a test's, may block the thread. Keeps an operator's setting.
    /// </summary>
    public static void Use()
    {
        if (Assembly.GetEntryAssembly() == typeof(SocketThreads).Assembly && Environment.GetEnvironmentVariable(Switch) is null)
            Environment.SetEnvironmentVariable(Switch, "1");
    }
}
