using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Ollama: one object a line, the last with <c>done</c>.</summary>
internal sealed class OllamaVendor : Vendor
{
    public override string Kind => "ollama";

    public override string ContentType => "application/x-ndjson";

    public override string Path => "/api/chat";

    public override string Begin() => "";

    public override string Text(string text) => Line(new { role = "assistant", content = text });

    public override string Reasoning(string text) => Line(new { role = "assistant", content = "", thinking = text });

    public override string Call(string id, string name, object arguments) =>
        Line(new { role = "assistant", content = "", tool_calls = new[] { new { function = new { name, arguments } } } });

    public override string End(string? reason = null, (int Input, int Output)? usage = null)
    {
        var end = new Dictionary<string, object?>
        {
            ["model"] = "m1",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["message"] = new { role = "assistant", content = "" },
            ["done"] = true,
            ["done_reason"] = reason ?? "stop",
            ["total_duration"] = 5_000_000,
            ["load_duration"] = 1_000_000,
        };
        if (usage is { } figures)
            (end["prompt_eval_count"], end["eval_count"]) = (figures.Input, figures.Output);

        return JsonSerializer.Serialize(end) + "\n";
    }

    public override string Error(string message) => JsonSerializer.Serialize(new { error = message }) + "\n";

    public override string Refusal(string message) => JsonSerializer.Serialize(new { error = message });

    private static string Line(object message) =>
        JsonSerializer.Serialize(new { model = "m1", created_at = "2026-01-01T00:00:00Z", message, done = false }) + "\n";
}
