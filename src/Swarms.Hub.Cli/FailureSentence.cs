using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>Says in one sentence why a command failed.</summary>
internal static class FailureSentence
{
    /// <summary>EPIPE, as .NET reports it on Linux and macOS.</summary>
    private const int BrokenPipe = 32;

    /// <summary>Nobody reads standard output, or standard error, any more.</summary>
    public static bool IsOutputClosed(Exception e) => e is IOException { HResult: BrokenPipe };

    public static string Of(Exception e) => e switch
    {
        HubClientException { RetryAfter: { } wait } hub => $"{hub.Message} ({hub.Code}) Try again in {wait.TotalSeconds:0} s.",
        HubClientException hub => $"{hub.Message} ({hub.Code})",
        CommandException or IOException or UnauthorizedAccessException => e.Message,
        _ => $"swarms-hub failed: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} SWARMS_HUB_TRACE=1 shows where.",
    };
}
