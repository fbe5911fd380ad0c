using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Watches a stream of Chat Completions. Servers that speak it end it with <c>[DONE]</c>, or with a reason at the choice, or with both.
/// Used by the loop of one run, in order.
/// </summary>
internal sealed class OpenAiWatch : SseWatch
{
    private readonly Dictionary<int, (string? Id, StringBuilder Arguments)> _calls = [];
    private readonly StringBuilder _reasoning = new();

    public override string? FindArguments(string callId) =>
        _calls.Values.Where(call => call.Id == callId).Select(call => call.Arguments.ToString()).FirstOrDefault();

    public override string? TakeReasoning()
    {
        if (_reasoning.Length == 0)
            return null;

        var text = _reasoning.ToString();
        _reasoning.Clear();
        return text;
    }

    protected override ReadOnlyMemory<byte>? ReadObject(JsonElement frame)
    {
        if (frame.Find("error") is { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) } error)
        {
            Fail(error.ValueKind == JsonValueKind.Object ? error : frame);
            return null;
        }

        if (frame.Find("usage") is { ValueKind: JsonValueKind.Object } usage)
            Usage = UsageFigures.Read(usage);

        if (frame.Find("choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
            return null;

        var choice = choices[0];
        if (choice.Find("delta") is { ValueKind: JsonValueKind.Object } delta)
            ReadDelta(delta);

        if (choice.FindText("finish_reason") is not { Length: > 0 } reason)
            return null;

        (IsComplete, FinishReason) = (true, reason);
        if (reason is "stop" or "length" or "content_filter" or "tool_calls" or "function_call")
            return null;

        // The vendor's client throws at a word that OpenAI does not use.
        return WithStop(frame);
    }

    // The field has two names among the servers that have it, and the vendor's client knows the first.
    private void ReadDelta(JsonElement delta)
    {
        if (delta.FindText("reasoning_content") is null)
            _reasoning.Append(delta.FindText("reasoning"));

        if (delta.Find("tool_calls") is not { ValueKind: JsonValueKind.Array } calls)
            return;

        foreach (var call in calls.EnumerateArray())
        {
            var index = call.Find("index") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var at) ? at : 0;
            var (id, arguments) = _calls.GetValueOrDefault(index, (null, new StringBuilder()));
            arguments.Append(call.Find("function")?.FindText("arguments"));
            _calls[index] = (id ?? call.FindText("id"), arguments);
        }
    }

    private static ReadOnlyMemory<byte> WithStop(JsonElement frame)
    {
        var changed = JsonNode.Parse(frame.GetRawText())!;
        changed["choices"]![0]!["finish_reason"] = "stop";
        return JsonSerializer.SerializeToUtf8Bytes(changed);
    }
}
