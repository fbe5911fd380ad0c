using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>Writes the JSON of one answer: the chunks of a stream, or the whole. Pure.</summary>
/// <param name="runId">The run, whose id is part of the answer's.</param>
/// <param name="model">The model as the caller asked for it.</param>
/// <param name="created">The time of the run's first event.</param>
/// <param name="includesUsage">True where the caller asked for usage in the stream.</param>
internal sealed class ChatFrames(string runId, string model, DateTimeOffset created, bool includesUsage)
{
    /// <summary>The last frame of a stream that is complete.</summary>
    public const string Done = "[DONE]";

    /// <summary>The first chunk, which says who speaks.</summary>
    public string Role() => Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);

    /// <summary>A chunk with the next piece of the answer.</summary>
    public string Of(ChatDelta delta) => Chunk(
        delta switch
        {
            { Content: { } content } => new JsonObject { ["content"] = content },
            { Reasoning: { } reasoning } => new JsonObject { ["reasoning_content"] = reasoning },
            { Call: var call } => new JsonObject { ["tool_calls"] = new JsonArray(Write(call!, isIndexed: true)) },
        },
        null);

    /// <summary>The last chunk of the answer.</summary>
    public string Finish(string reason) => Chunk([], reason);

    /// <summary>The chunk that holds the usage, and no choice.</summary>
    public string OfUsage(Usage usage)
    {
        var chunk = Begin("chat.completion.chunk");
        chunk["choices"] = new JsonArray();
        chunk["usage"] = Write(usage);
        return Write(chunk);
    }

    /// <summary>The whole answer.</summary>
    public string Whole(string text, string reasoning, IReadOnlyList<ChatToolCall> calls, string finishReason, Usage? usage)
    {
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = text.Length == 0 && calls.Count > 0 ? null : text,
            ["refusal"] = null,
        };
        if (reasoning.Length > 0)
            message["reasoning_content"] = reasoning;

        if (calls.Count > 0)
            message["tool_calls"] = new JsonArray([.. calls.Select(call => Write(call, isIndexed: false))]);

        var answer = Begin("chat.completion");
        answer["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = message,
            ["logprobs"] = null,
            ["finish_reason"] = finishReason,
        });
        if (usage is not null)
            answer["usage"] = Write(usage);

        return Write(answer);
    }

    private string Chunk(JsonObject delta, string? finishReason)
    {
        var chunk = Begin("chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finishReason,
        });
        if (includesUsage)
            chunk["usage"] = null;

        return Write(chunk);
    }

    private JsonObject Begin(string kind) => new()
    {
        ["id"] = $"chatcmpl-{runId}",
        ["object"] = kind,
        ["created"] = created.ToUnixTimeSeconds(),
        ["model"] = model,
    };

    private static JsonObject Write(ChatToolCall call, bool isIndexed)
    {
        var json = new JsonObject();
        if (isIndexed)
            json["index"] = call.Index;

        json["id"] = call.Id;
        json["type"] = "function";
        json["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments };
        return json;
    }

    // Clients read the three figures as numbers, so a figure that the upstream does not state is 0. The cost is a field of the hub.
    private static JsonObject Write(Usage usage)
    {
        var (input, output) = (usage.InputTokens ?? 0, usage.OutputTokens ?? 0);
        var json = new JsonObject
        {
            ["prompt_tokens"] = input,
            ["completion_tokens"] = output,
            ["total_tokens"] = usage.TotalTokens ?? input + output,
        };
        if (usage.Cost is { } cost)
            json["cost"] = cost;

        return json;
    }

    private static string Write(JsonObject json) => json.ToJsonString(ProtocolJson.Options);

}
