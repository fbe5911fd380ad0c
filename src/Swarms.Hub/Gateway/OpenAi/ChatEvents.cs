using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// The names by which a run's events tell of reasoning, of calls of tools and of the end of an answer. Upstreams that have them make such
/// events; here is the one place that knows the names. Pure.
/// </summary>
internal static class ChatEvents
{
    /// <summary>The type of an event with the next piece of the model's reasoning: {content}.</summary>
    public const string Reasoning = "reasoning";

    /// <summary>The type of an event with a whole call of a tool: {id, name, arguments}.</summary>
    public const string ToolCall = "tool_call";

    // Either spelling, in the data of metadata, usage or done.
    private static readonly string[] FinishReasons = ["finishReason", "finish_reason"];

    /// <summary>Reads a call; fields that are missing are empty.</summary>
    public static ChatToolCall ReadToolCall(JsonElement data, int index) => ToCall(RunToolCall.Read(data), index);

    /// <summary>Returns the call in OpenAI's form, which has an id.</summary>
    public static ChatToolCall ToCall(RunToolCall call, int index) => new(
        index,
        call.Id is { Length: > 0 } id ? id : $"call_{index}",
        call.Name,
        call.Arguments.Length > 0 ? call.Arguments : "{}");

    /// <summary>Reads the content of a piece of reasoning; null without one.</summary>
    public static string? ReadReasoning(JsonElement data) => Text(data, "content");

    /// <summary>Reads why the model stopped; null where the event does not say it.</summary>
    public static string? FindFinishReason(JsonElement data) =>
        FinishReasons.Select(name => Text(data, name)).FirstOrDefault(reason => reason is not null);

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
