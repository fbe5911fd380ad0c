using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Reads the messages of a request's history. Calls of tools and their results are messages of their own kinds.</summary>
internal static class ChatHistory
{
    /// <summary>
    /// Reads the history, oldest message first. The Swarms API takes an array, and also an object whose names mean nothing.
    /// </summary>
    public static IEnumerable<ChatMessage> Read(JsonElement? history) => history switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(ReadEntry),
        { ValueKind: JsonValueKind.Object } entries => entries.EnumerateObject().Select(entry => ReadEntry(entry.Value)),
        _ => throw ChatRequest.Invalid("history must be an array of messages."),
    };

    /// <summary>Creates the message that has the result of a tool.</summary>
    public static ChatMessage Result(string callId, string result) => new(ChatRole.Tool, [new FunctionResultContent(callId, result)]);

    private static ChatMessage ReadEntry(JsonElement entry)
    {
        var content = entry.FindText("content")
            ?? throw ChatRequest.Invalid("Each message of history must have a content, which is a text.");
        return entry.FindText("role") switch
        {
            "user" when entry.FindText("tool_call_id") is { } call => Result(call, content),
            "user" => new ChatMessage(ChatRole.User, content),
            "assistant" when entry.Find("tool_calls") is { ValueKind: JsonValueKind.Array } calls => Calls(content, calls),
            "assistant" => new ChatMessage(ChatRole.Assistant, content),
            "system" => new ChatMessage(ChatRole.System, content),
            _ => throw ChatRequest.Invalid("Each message of history must have the role user, assistant or system."),
        };
    }

    private static ChatMessage Calls(string content, JsonElement calls)
    {
        var read = calls.EnumerateArray().Select(ReadCall).ToList();
        // The door writes the calls as text too, where the answer had none.
        var asText = string.Join('\n', read.Select(call => $"{call.Name}({call.Arguments})"));
        List<AIContent> contents = content.Length == 0 || content == asText ? [] : [new TextContent(content)];
        contents.AddRange(read.Select(call => new FunctionCallContent(call.Id, call.Name, Parse(call.Arguments))));
        return new ChatMessage(ChatRole.Assistant, contents);
    }

    private static (string Id, string Name, string Arguments) ReadCall(JsonElement call) =>
        call.Find("function") is { } function && function.FindText("name") is { Length: > 0 } name
            ? (call.FindText("id") ?? "", name, function.FindText("arguments") ?? "")
            : throw ChatRequest.Invalid("Each of tool_calls must have a function with a name.");

    private static Dictionary<string, object?> Parse(string arguments)
    {
        if (arguments.Length == 0)
            return [];

        using var document = JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(arguments), out _);
        return document is { RootElement: { ValueKind: JsonValueKind.Object } fields }
            ? fields.EnumerateObject().ToDictionary(field => field.Name, object? (field) => field.Value.Clone())
            : throw ChatRequest.Invalid("The arguments of a call in tool_calls must be a JSON object, written as a text.");
    }
}
