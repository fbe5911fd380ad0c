namespace Swarms.Hub.Protocol;

/// <content>The model's reasoning and its calls of tools.</content>
public sealed partial class RunState
{
    /// <summary>The number of tool calls that a run's state keeps; later ones are in the log only.</summary>
    public const int MaxToolCalls = 32;

    private int _callsLength;

    private static int LengthOf(RunToolCall call) =>
        call.Name.Length + call.Arguments.Length + (call.Id?.Length ?? 0) + (call.Agent?.Length ?? 0);

    private void AddToolCall(RunToolCall call)
    {
        if (_run.ToolCalls?.Count >= MaxToolCalls)
            return;

        const int MaxLength = RunToolCall.MaxArgumentsLength;
        // Never half of a surrogate pair.
        if (call.Arguments.Length > MaxLength)
        {
            var length = char.IsHighSurrogate(call.Arguments[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
            call = call with { Arguments = call.Arguments[..length] };
        }

        _run = _run with { ToolCalls = [.. _run.ToolCalls ?? [], call] };
        _callsLength += LengthOf(call);
    }

    private void CountReasoning(ReasoningPayload reasoning) =>
        _run = _run with { ReasoningLength = (_run.ReasoningLength ?? 0) + reasoning.Content.Length };
}
