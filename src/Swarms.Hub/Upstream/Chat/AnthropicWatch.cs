using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Watches a stream of Anthropic's Messages API. Used by the loop of one run, in order.</summary>
internal sealed class AnthropicWatch : SseWatch
{
    protected override ReadOnlyMemory<byte>? ReadObject(JsonElement frame)
    {
        switch (frame.FindText("type"))
        {
            case "error":
                Fail(frame.Find("error") is { ValueKind: JsonValueKind.Object } error ? error : frame);
                break;
            case "message_start":
                Note(frame.Find("message")?.Find("usage"));
                break;
            case "message_delta":
                Note(frame.Find("usage"));
                FinishReason = frame.Find("delta")?.FindText("stop_reason") ?? FinishReason;
                break;
            case "message_stop":
                IsComplete = true;
                break;
        }

        return null;
    }

    // The client tells usage at the end of a stream only, and of one that breaks off none.
    private void Note(JsonElement? stated)
    {
        if (stated is not { ValueKind: JsonValueKind.Object } usage)
            return;

        var read = UsageFigures.Read(usage);
        // Input from the cache is input too, and is counted apart.
        var cached = Count(usage, "cache_creation_input_tokens") + Count(usage, "cache_read_input_tokens");
        Usage = Figures.Larger(Usage, read with { InputTokens = read.InputTokens + cached, TotalTokens = null });
    }

    private static long Count(JsonElement usage, string name) =>
        usage.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var count) ? count : 0;
}
