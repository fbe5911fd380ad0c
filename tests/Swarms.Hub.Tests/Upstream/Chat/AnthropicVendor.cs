using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Anthropic's Messages API: named events, and blocks that begin and end.</summary>
internal sealed class AnthropicVendor : Vendor
{
    private int _block;

    public override string Kind => "anthropic";

    public override string ContentType => "text/event-stream; charset=utf-8";

    public override string Path => "/v1/messages";

    public override string Begin() => Event(new
    {
        type = "message_start",
        message = new
        {
            id = "msg_1",
            type = "message",
            role = "assistant",
            model = "m1",
            content = Array.Empty<object>(),
            stop_reason = (string?)null,
            stop_sequence = (string?)null,
            usage = new { input_tokens = 25, output_tokens = 1 },
        },
    }) + Event(new { type = "ping" });

    public override string Text(string text) =>
        Block(new { type = "text", text = "" }, new { type = "text_delta", text });

    public override string Reasoning(string text) =>
        Block(new { type = "thinking", thinking = "", signature = "" }, new { type = "thinking_delta", thinking = text });

    public override string Call(string id, string name, object arguments) => Block(
        new { type = "tool_use", id, name, input = new { } },
        new { type = "input_json_delta", partial_json = arguments as string ?? JsonSerializer.Serialize(arguments) });

    public override string End(string? reason = null, (int Input, int Output)? usage = null) =>
        Event(new
        {
            type = "message_delta",
            delta = new { stop_reason = reason ?? "end_turn", stop_sequence = (string?)null },
            usage = usage is { } figures
                ? (object)new { input_tokens = figures.Input, output_tokens = figures.Output }
                : new { output_tokens = 1 },
        }) + Event(new { type = "message_stop" });

    public override string Error(string message) => Event(new { type = "error", error = new { type = "overloaded_error", message } });

    public override string Refusal(string message) =>
        JsonSerializer.Serialize(new { type = "error", error = new { type = "invalid_request_error", message } });

    private string Block(object start, object delta)
    {
        var index = _block++;
        return Event(new { type = "content_block_start", index, content_block = start })
            + Event(new { type = "content_block_delta", index, delta })
            + Event(new { type = "content_block_stop", index });
    }

    private static string Event(object data) =>
        Sse(data, JsonSerializer.SerializeToElement(data).GetProperty("type").GetString());
}
