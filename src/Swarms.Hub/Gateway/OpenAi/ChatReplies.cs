using System.Text;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Writes one run as a stream of chunks, or as one JSON answer once it has ended. Each chunk is written after its event is committed. Used
/// by the loop of the caller's request. Next: <see cref="JoinedRun"/> for the pieces.
/// </summary>
internal sealed class ChatReplies(JoinedRun joined, ChatAnswers answers)
{
    public Task WriteAsync(
        HttpContext context, RoomCaller caller, ChatCall call, DateTimeOffset created, CancellationToken cancellationToken)
    {
        var frames = new ChatFrames(call.RunId, call.Model, created, call.IncludesUsage);
        return call.IsStreamed
            ? WriteStreamAsync(context, caller, call, frames, cancellationToken)
            : WriteJsonAsync(context, caller, call, frames, cancellationToken);
    }

    private async Task WriteStreamAsync(
        HttpContext context, RoomCaller caller, ChatCall call, ChatFrames frames, CancellationToken cancellationToken)
    {
        var response = answers.Stream(context);
        if (!response.HasBegun)
            response.Begin();

        response.WriteEvent(null, frames.Role());
        await response.FlushAsync(cancellationToken);
        var progress = new ChatProgress();
        await using var pieces = joined.ReadAsync(caller, call.RunId, call.From, cancellationToken).GetAsyncEnumerator(cancellationToken);
        // The token ends the pieces, not the wait: an enumerator must not be disposed while it moves.
        while (await response.WaitAsync(
            pieces.MoveNextAsync().AsTask(),
            RunOpenings.KeepAliveInterval,
            sse => sse.WriteComment("keep-alive"),
            CancellationToken.None))
        {
            var deltas = progress.Take(pieces.Current);
            foreach (var delta in deltas)
                response.WriteEvent(null, frames.Of(delta));

            if (deltas.Count > 0)
                await response.FlushAsync(cancellationToken);
        }

        if (progress.Failure is { } failure)
            throw new HubErrorException(failure.Code, failure.Sentence);

        response.WriteEvent(null, frames.Finish(progress.FinishReason));
        if (call.IncludesUsage && progress.Usage is { } usage)
            response.WriteEvent(null, frames.OfUsage(usage));

        response.WriteEvent(null, ChatFrames.Done);
        await response.FlushAsync(cancellationToken);
    }

    private async Task WriteJsonAsync(
        HttpContext context, RoomCaller caller, ChatCall call, ChatFrames frames, CancellationToken cancellationToken)
    {
        var (text, reasoning, calls) = (new StringBuilder(), new StringBuilder(), new List<ChatToolCall>());
        var progress = new ChatProgress();
        await foreach (var piece in joined.ReadAsync(caller, call.RunId, call.From, cancellationToken))
        {
            foreach (var delta in progress.Take(piece))
            {
                text.Append(delta.Content);
                reasoning.Append(delta.Reasoning);
                if (delta.Call is { } toolCall)
                    calls.Add(toolCall);
            }
        }

        if (progress.Failure is { } failure)
            throw new HubErrorException(progress.Ending == EventTypes.Error ? failure.Code : ErrorCodes.Conflict, failure.Sentence);

        context.Response.ContentType = "application/json";
        var answer = frames.Whole(text.ToString(), reasoning.ToString(), calls, progress.FinishReason, progress.Usage);
        await context.Response.WriteAsync(answer, cancellationToken);
    }
}
