using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>The parts that all answers of the chat door share: their stream, and the words for a failure. Safe from any thread.</summary>
internal sealed partial class ChatAnswers(TimeProvider time, ILogger<ChatAnswers> logger)
{
    // The stream needs no timeout: a caller that does not read stops its own loop alone, as a viewer does.
    public SseResponse Stream(HttpContext context) => new(context, Timeout.InfiniteTimeSpan, time, onStalled: static () => { });

    /// <summary>Tells the caller of a failure, within the stream if that has begun.</summary>
    public async Task FailAsync(HttpContext context, HubErrorException error)
    {
        if (!context.Response.HasStarted)
        {
            await HubErrorHandler.WriteAsync(context, error);
            return;
        }

        var response = Stream(context);
        response.WriteEvent(null, JsonSerializer.Serialize(OpenAiError.Of(error.Code, error.Message), ProtocolJson.Options));
        await response.FlushAsync(context.RequestAborted);
    }

    /// <summary>Tells the caller of a failure of the hub's own; the operator's log has the reason.</summary>
    public Task FailAsync(HttpContext context, string runId, Exception exception)
    {
        Log.AnswerFailed(logger, runId, exception);
        return FailAsync(context, new HubErrorException(
            ErrorCodes.Internal, "The hub failed at this answer. The run goes on, and its room has all of it."));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The answer to a caller of run {Run} failed.")]
        public static partial void AnswerFailed(ILogger logger, string run, Exception exception);
    }
}
