using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Errors;

/// <summary>Turns an exception of a hub method or its stream into <c>code: sentence</c>, without internals. Safe from any thread.</summary>
internal sealed partial class HubErrorTranslator(ILogger<HubErrorTranslator> logger)
{
    /// <summary>Leaves cancellations and translated exceptions as they are.</summary>
    public Exception Translate(Exception exception, string method)
    {
        if (exception is HubException or OperationCanceledException)
            return exception;

        if (exception is HubErrorException refusal)
            return new HubException($"{refusal.Code}: {refusal.Message}");

        Log.MethodFailed(logger, method, exception);
        return new HubException($"{ErrorCodes.Internal}: The hub failed at this call. The operator finds the reason in its log.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} failed.")]
        public static partial void MethodFailed(ILogger logger, string method, Exception exception);
    }
}
