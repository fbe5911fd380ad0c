namespace Swarms.Hub.Cli;

/// <summary>The codes other than 0 with which a command ends: those that a shell gives other tools.</summary>
internal static class ExitCodes
{
    /// <summary>The command was not done; standard error has the sentence that says why.</summary>
    public const int Failed = 1;

    /// <summary>SIGHUP: the terminal was closed.</summary>
    public const int HungUp = 128 + 1;

    /// <summary>SIGINT: Ctrl+C.</summary>
    public const int Interrupted = 128 + 2;

    /// <summary>SIGPIPE: nobody reads the output any more.</summary>
    public const int OutputClosed = 128 + 13;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 128 + 15;
}
