using System.Text.Json;
using Microsoft.Extensions.AI;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// A request of the Swarms API for one agent, as models take it. What only the Swarms API can do is refused; what changes no answer is left
/// out.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Agent">The agent's name; null if the request names none.</param>
/// <param name="Messages">The system prompt, the history and the task.</param>
/// <param name="Arguments">The arguments of the model, by Chat Completions' names.</param>
internal sealed record ChatRequest(
    string Model, string? Agent, IReadOnlyList<ChatMessage> Messages, IReadOnlyDictionary<string, JsonElement> Arguments)
{
    // The Swarms API does these itself: without them the answer would be another one.
    private static readonly string[] ForeignFields = ["tools_enabled", "search_enabled"];

    private static readonly string[] ForeignSettings =
        ["mcp_url", "mcp_config", "mcp_configs", "handoffs", "selected_tools", "marketplace_prompt_id", "auto_generate_prompt"];

    /// <summary>Reads a request. Throws an <see cref="UpstreamException"/> that says what cannot be passed on.</summary>
    /// <param name="body">The request.</param>
    /// <param name="takesAddresses">Whether the upstream fetches images by their addresses.</param>
    public static ChatRequest Read(ReadOnlyMemory<byte> body, bool takesAddresses)
    {
        using var document = JsonText.TryParse(body, out _);
        if (document is not { RootElement: { ValueKind: JsonValueKind.Object } request })
            throw Invalid("request must be the JSON object that the Swarms API takes.");

        var config = request.Find("agent_config") ?? default;
        RequireOwn(request, ForeignFields, "");
        RequireOwn(config, ForeignSettings, "agent_config.");
        if (config.Find("max_loops") is { ValueKind: not JsonValueKind.Null } loops && loops.GetRawText() != "1")
            throw Invalid("agent_config.max_loops must be 1, or be left out: this upstream answers once.");

        if (config.FindText("model_name") is not { Length: > 0 } model)
            throw Invalid("agent_config.model_name is missing: it should be a model's name.");

        return new(model, config.FindText("agent_name"), ReadMessages(request, config, takesAddresses), ChatArguments.Read(config));
    }

    public static UpstreamException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);

    private static void RequireOwn(JsonElement fields, string[] foreign, string prefix)
    {
        foreach (var name in foreign)
        {
            var isStated = fields.Find(name) switch
            {
                null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
                { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() > 0,
                { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
                _ => true,
            };
            if (isStated)
                throw Invalid($"{prefix}{name} works with the Swarms API only. Leave it out, or choose a model of that upstream.");
        }
    }

    private static List<ChatMessage> ReadMessages(JsonElement request, JsonElement config, bool takesAddresses)
    {
        var messages = new List<ChatMessage>();
        if (config.FindText("system_prompt") is { Length: > 0 } prompt)
            messages.Add(new ChatMessage(ChatRole.System, prompt));

        messages.AddRange(ChatHistory.Read(request.Find("history")));
        if (request.FindText("tool_call_id") is { } call)
        {
            messages.Add(ChatHistory.Result(call, ReadTask(request)));
            return messages;
        }

        var task = new List<AIContent> { new TextContent(ReadTask(request)) };
        task.AddRange(ChatImages.Read(request, takesAddresses));
        messages.Add(new ChatMessage(ChatRole.User, task));
        return messages;
    }

    private static string ReadTask(JsonElement request)
    {
        if (request.FindText("task") is { } task && !string.IsNullOrWhiteSpace(task))
            return task;

        if (request.Find("tasks") is { ValueKind: JsonValueKind.Array } tasks && tasks.GetArrayLength() > 0)
            return string.Join('\n', tasks.EnumerateArray().Select(one => one.ToString()));

        throw Invalid("task is missing: it should be a text that says what to do.");
    }
}
