using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Follows a run piece by piece, and says what of it the caller has not been told. Knows the usage and the ending once they came. Used by
/// one loop, in order.
/// </summary>
internal sealed class ChatProgress
{
    private int _told;
    private int _calls;
    private string? _reason;

    /// <summary>The figures that the upstream stated last; null without any.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>The type of the run's ending; null until it came.</summary>
    public string? Ending { get; private set; }

    /// <summary>The code and the sentence of an ending that is none of an answer; null for <c>done</c>, and until it came.</summary>
    public (string Code, string Sentence)? Failure { get; private set; }

    /// <summary>The reason why the model stopped, in OpenAI's words.</summary>
    public string FinishReason => _reason switch
    {
        "length" or "max_tokens" => "length",
        "content_filter" or "refusal" => "content_filter",
        _ => _calls > 0 ? "tool_calls" : "stop",
    };

    /// <summary>Returns what a piece adds to the answer.</summary>
    public IReadOnlyList<ChatDelta> Take(RunPiece piece) => piece.Run is { } run ? Take(run) : Take(piece.Event!);

    private ChatDelta[] Take(Run run)
    {
        Usage = run.Usage ?? Usage;
        _reason = run.FinishReason ?? _reason;
        if (RunStates.HasEnded(run.State))
            End(run.State, run.Error, run.Reason);

        var deltas = new List<ChatDelta>();
        if (run.Text is { } text && text.Length > _told)
        {
            deltas.Add(new ChatDelta(Content: text[_told..]));
            _told = text.Length;
        }

        foreach (var call in (run.ToolCalls ?? []).Skip(_calls))
        {
            // Half of the arguments would be taken for the whole.
            if (call.Arguments.Length >= RunToolCall.MaxArgumentsLength)
            {
                throw new HubErrorException(
                    ErrorCodes.TooLarge, "The call of a tool is too large to be told again. Read the run's events.");
            }

            deltas.Add(new ChatDelta(Call: ChatEvents.ToCall(call, _calls++)));
        }

        return [.. deltas];
    }

    private ChatDelta[] Take(RoomEvent roomEvent)
    {
        var data = roomEvent.Data;
        switch (roomEvent.Type)
        {
            case EventTypes.Chunk when ChunkPayload.Read(data).Content is { Length: > 0 } content:
                _told += content.Length;
                return [new ChatDelta(Content: content)];
            case ChatEvents.Reasoning when ChatEvents.ReadReasoning(data) is { Length: > 0 } reasoning:
                return [new ChatDelta(Reasoning: reasoning)];
            case ChatEvents.ToolCall:
                return [new ChatDelta(Call: ChatEvents.ReadToolCall(data, _calls++))];
            case EventTypes.Usage:
                Usage = Usage.Read(data);
                _reason = ChatEvents.FindFinishReason(data) ?? _reason;
                return [];
            case EventTypes.Metadata or EventTypes.Done:
                _reason = ChatEvents.FindFinishReason(data) ?? _reason;
                break;
        }

        if (EventTypes.IsEnding(roomEvent.Type))
        {
            var error = roomEvent.Type == EventTypes.Error ? RunError.Read(data) : null;
            End(roomEvent.Type, error, RunReasonPayload.Read(data).Reason);
        }

        return [];
    }

    private void End(string type, RunError? error, string? reason)
    {
        Ending = type;
        if (type != EventTypes.Done)
            Failure = error is null ? (type, RelayError.Sentence(type, reason)) : (error.Code, error.Message);
    }
}
