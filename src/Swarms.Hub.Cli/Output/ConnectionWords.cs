using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

internal static class ConnectionWords
{
    /// <summary>A state as people read it; the web page uses the same words.</summary>
    public static string Of(ConnectionState state) => state switch
    {
        ConnectionState.CatchingUp => "Catching up",
        ConnectionState.Offline => "Offline, trying again",
        _ => $"{state}",
    };
}
