namespace Swarms.Hub.Upstream.Chat;

/// <summary>The words with which upstreams say why a model stopped, in one vocabulary.</summary>
internal static class FinishReasons
{
    private const int MaxLength = 100;

    /// <summary>Returns the reason; null where the model was simply done.</summary>
    public static string? Of(string? word) => word switch
    {
        null or "" or "stop" or "end_turn" or "stop_sequence" or "eos" or "eos_token" => null,
        "length" or "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_calls" or "tool_use" or "function_call" => "tool_calls",
        "content_filter" or "refusal" => "content_filter",
        _ => UpstreamErrorText.Tidy(word) is var other && other.Length > MaxLength ? other[..MaxLength] : UpstreamErrorText.Tidy(word),
    };
}
