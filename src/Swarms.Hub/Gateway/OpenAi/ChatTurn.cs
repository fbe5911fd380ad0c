using System.Text.Json;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>One turn of a conversation, without the system's words.</summary>
/// <param name="Role"><see cref="User"/> or <see cref="Assistant"/>: the result of a tool is the user's.</param>
/// <param name="Content">The text.</param>
internal sealed record ChatTurn(string Role, string Content)
{
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>The calls of tools that an answer asked for, as the caller sends them; null without any.</summary>
    public JsonElement? ToolCalls { get; init; }

    /// <summary>The call whose result this is; null for other turns.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Returns the turn as a task, which must have a text.</summary>
    public ChatTurn AsTask() => string.IsNullOrWhiteSpace(Content) ? this with { Content = "(empty)" } : this;

    /// <summary>Writes the turn as an entry of a history.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("role", Role);
        json.WriteString("content", Content);
        if (ToolCalls is { } calls)
        {
            json.WritePropertyName("tool_calls");
            calls.WriteTo(json);
        }

        if (ToolCallId is { } id)
            json.WriteString("tool_call_id", id);

        json.WriteEndObject();
    }
}
