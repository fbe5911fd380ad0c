namespace Swarms.Hub.LoadTest;

/// <summary>
/// Makes .NET handle all sockets on one thread: the generator then costs a fraction of a core beside the server, and its figures need no
/// locks. .NET reads these settings before the first socket.
/// </summary>
internal static class GeneratorSettings
{
    public static IReadOnlyList<string> Names { get; } =
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"];

    public static void Apply()
    {
        foreach (var name in Names)
            Environment.SetEnvironmentVariable(name, "1");
    }
}
