using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Reads the tools that a model may ask for. They are declarations: the hub never calls one.</summary>
internal static class ChatTools
{
    public static IList<AITool>? Read(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        if (!arguments.TryGetValue("tools", out var value))
            return null;

        if (value.ValueKind != JsonValueKind.Array)
            throw ChatRequest.Invalid("tools must be an array.");

        return [.. value.EnumerateArray().Select(Declaration)];
    }

    public static ChatToolMode? ReadMode(IReadOnlyDictionary<string, JsonElement> arguments) =>
        !arguments.TryGetValue("tool_choice", out var value) ? null
        : value.ValueKind == JsonValueKind.Object && value.Find("function")?.FindText("name") is { Length: > 0 } name
            ? ChatToolMode.RequireSpecific(name)
        : value.ToString() switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw ChatRequest.Invalid("tool_choice must be auto, none, required, or the function to call."),
        };

    private static AITool Declaration(JsonElement tool)
    {
        if (tool.Find("function") is not { } function || function.FindText("name") is not { Length: > 0 } name)
            throw ChatRequest.Invalid("Each of tools must be a function with a name.");

        var parameters = function.Find("parameters") is { ValueKind: JsonValueKind.Object } stated
            ? stated
            : JsonElement.Parse("""{"type":"object","properties":{}}""");
        return AIFunctionFactory.CreateDeclaration(name, function.FindText("description") ?? "", parameters);
    }
}
