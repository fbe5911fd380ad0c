using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Reads the arguments of a model: those of <c>agent_config</c>, and over them <c>llm_args</c>, which has Chat Completions' names. An
/// upstream that speaks Chat Completions gets them as they are. For every other they are translated, and one without a translation is
/// refused.
/// </summary>
internal static partial class ChatArguments
{
    // The hub sets these itself.
    private static readonly string[] Reserved = ["model", "messages", "stream", "stream_options"];

    private static readonly string[] ConfigNames =
        ["temperature", "max_tokens", "top_p", "frequency_penalty", "presence_penalty", "reasoning_effort"];

    /// <summary>The arguments that are translated for other upstreams.</summary>
    private static readonly string[] Known =
    [
        "temperature", "top_p", "top_k", "max_tokens", "frequency_penalty", "presence_penalty", "seed", "stop", "tools", "tool_choice",
        "parallel_tool_calls", "response_format", "reasoning_effort",
    ];

    // One answer is all there is, and the caller's name for its own user changes none.
    private static readonly string[] Dropped = ["n", "user"];

    public static IReadOnlyDictionary<string, JsonElement> Read(JsonElement config)
    {
        var read = new Dictionary<string, JsonElement>();
        foreach (var name in ConfigNames)
            Add(read, name, config.Find(name));

        Add(read, "tools", config.Find("tools_list_dictionary"));
        if (config.Find("llm_args") is { ValueKind: not JsonValueKind.Null } arguments)
        {
            if (arguments.ValueKind != JsonValueKind.Object)
                throw ChatRequest.Invalid("agent_config.llm_args must be an object.");

            foreach (var argument in arguments.EnumerateObject())
                Add(read, Name(argument), argument.Value);
        }

        if (read.TryGetValue("max_tokens", out var tokens)
            && !(tokens.ValueKind == JsonValueKind.Number && tokens.TryGetInt32(out var number) && number > 0))
        {
            throw ChatRequest.Invalid("max_tokens must be a whole number from 1.");
        }

        if (read.TryGetValue("n", out var answers) && answers.GetRawText() != "1")
            throw ChatRequest.Invalid("llm_args.n must be 1, or be left out: a run has one answer.");

        return read;
    }

    /// <summary>Returns the options for an upstream that does not speak Chat Completions.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="more">The arguments that only this upstream has; they go along under their own names.</param>
    public static ChatOptions ToOptions(this IReadOnlyDictionary<string, JsonElement> arguments, params string[] more)
    {
        var options = new ChatOptions
        {
            Temperature = Number(arguments, "temperature"),
            TopP = Number(arguments, "top_p"),
            TopK = (int?)Whole(arguments, "top_k"),
            MaxOutputTokens = (int?)Whole(arguments, "max_tokens"),
            FrequencyPenalty = Number(arguments, "frequency_penalty"),
            PresencePenalty = Number(arguments, "presence_penalty"),
            Seed = Whole(arguments, "seed"),
            StopSequences = Stop(arguments),
            Tools = ChatTools.Read(arguments),
            ToolMode = ChatTools.ReadMode(arguments),
            AllowMultipleToolCalls = Flag(arguments, "parallel_tool_calls"),
            ResponseFormat = Format(arguments),
            Reasoning = Effort(arguments),
        };
        foreach (var (name, value) in arguments.Where(argument => !Dropped.Contains(argument.Key) && !Known.Contains(argument.Key)))
        {
            if (!more.Contains(name))
            {
                throw ChatRequest.Invalid(
                    $"llm_args.{name} cannot be passed to this upstream. It takes {string.Join(", ", (string[])[.. Known, .. more])}.");
            }

            (options.AdditionalProperties ??= []).Add(name, Plain(name, value));
        }

        return options;
    }

    private static void Add(Dictionary<string, JsonElement> read, string name, JsonElement? value)
    {
        if (value is { ValueKind: not JsonValueKind.Null } stated)
            read[name] = stated.Clone();
    }

    private static string Name(JsonProperty argument)
    {
        if (!Word().IsMatch(argument.Name))
            throw ChatRequest.Invalid("The names in llm_args may have the signs a to z, 0 to 9 and _.");

        if (Reserved.Contains(argument.Name))
            throw ChatRequest.Invalid($"llm_args may not have {string.Join(", ", Reserved)}: the hub sets them.");

        return argument.Name is "max_completion_tokens" or "max_output_tokens" ? "max_tokens" : argument.Name;
    }

    private static float? Number(IReadOnlyDictionary<string, JsonElement> arguments, string name) =>
        !arguments.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && float.IsFinite(number) ? number
        : throw ChatRequest.Invalid($"{name} must be a number.");

    private static long? Whole(IReadOnlyDictionary<string, JsonElement> arguments, string name) =>
        !arguments.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw ChatRequest.Invalid($"{name} must be a whole number.");

    private static bool? Flag(IReadOnlyDictionary<string, JsonElement> arguments, string name) =>
        !arguments.TryGetValue(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw ChatRequest.Invalid($"{name} must be true or false.");

    private static List<string>? Stop(IReadOnlyDictionary<string, JsonElement> arguments) =>
        !arguments.TryGetValue("stop", out var value) ? null
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
        : throw ChatRequest.Invalid("stop must be a text, or an array of texts.");

    private static ChatResponseFormat? Format(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        if (!arguments.TryGetValue("response_format", out var value))
            return null;

        var schema = value.Find("json_schema");
        return value.FindText("type") switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when schema?.Find("schema") is { ValueKind: JsonValueKind.Object } form =>
                ChatResponseFormat.ForJsonSchema(form, schema?.FindText("name"), schema?.FindText("description")),
            _ => throw ChatRequest.Invalid("response_format must have the type text, json_object or json_schema with a schema."),
        };
    }

    private static ReasoningOptions? Effort(IReadOnlyDictionary<string, JsonElement> arguments) =>
        !arguments.TryGetValue("reasoning_effort", out var value) ? null : new ReasoningOptions
        {
            Effort = value.ToString() switch
            {
                "none" => ReasoningEffort.None,
                "minimal" or "low" => ReasoningEffort.Low,
                "medium" => ReasoningEffort.Medium,
                "high" => ReasoningEffort.High,
                _ => throw ChatRequest.Invalid("reasoning_effort must be none, low, medium or high."),
            },
        };

    private static object Plain(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.Number => value.GetSingle(),
        _ => throw ChatRequest.Invalid($"llm_args.{name} must be a number, or true or false."),
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex Word();
}
