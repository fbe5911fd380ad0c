using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Chat Completions: unnamed events, and <c>[DONE]</c> at the end.</summary>
internal sealed class OpenAiVendor : Vendor
{
    public override string Kind => "openai";

    public override string ContentType => "text/event-stream";

    public override string Path => "/v1/chat/completions";

    public override string Address(Uri server) => new Uri(server, "v1").ToString();

    public override string Begin() => Chunk(new { role = "assistant", content = "" });

    public override string Text(string text) => Chunk(new { content = text });

    public override string Reasoning(string text) => Chunk(new { reasoning_content = text });

    public override string Call(string id, string name, object arguments)
    {
        var json = arguments as string ?? JsonSerializer.Serialize(arguments);
        var half = json.Length / 2;
        return Chunk(new { tool_calls = new[] { new { index = 0, id, type = "function", function = new { name, arguments = "" } } } })
            + Chunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = json[..half] } } } })
            + Chunk(new { tool_calls = new[] { new { index = 0, function = new { arguments = json[half..] } } } });
    }

    public override string End(string? reason = null, (int Input, int Output)? usage = null) =>
        Chunk(new { }, reason ?? "stop") + (usage is { } figures ? Usage(figures.Input, figures.Output) : "") + "data: [DONE]\n\n";

    public override string Error(string message) => Sse(new { error = new { message, type = "server_error", code = 500 } });

    public override string Refusal(string message) =>
        JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", param = (string?)null, code = "bad" } });

    public static string Usage(int input, int output) => Sse(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = "m1",
        choices = Array.Empty<object>(),
        usage = new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output },
    });

    public static string Chunk(object delta, string? reason = null) => Sse(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = "m1",
        choices = new[] { new { index = 0, delta, finish_reason = reason } },
    });
}
