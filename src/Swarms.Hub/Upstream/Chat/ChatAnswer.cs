using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>A whole answer in the form of the Swarms API, for a caller at its door who wants no stream.</summary>
internal sealed class ChatAnswer(string? agent, IReadOnlyList<UpstreamEvent> events)
{
    public bool HasFailed => events.Any(made => made.Type == EventTypes.Error);

    public ReadOnlyMemory<byte> Write()
    {
        if (Data(EventTypes.Error).LastOrDefault() is { ValueKind: JsonValueKind.Object } error)
            return JsonSerializer.SerializeToUtf8Bytes(new { detail = error.FindText("message") }, ProtocolJson.Options);

        var text = string.Concat(events.Select(made => made.Text));
        var calls = Data(EventTypes.ToolCall).Select(Call).ToList();
        // The API answers with the calls in place of a text.
        object content = text.Length == 0 && calls.Count > 0 ? calls : text;
        var metadata = Data(EventTypes.Metadata).LastOrDefault();
        var answer = new
        {
            job_id = metadata.FindText("jobId"),
            success = true,
            name = agent,
            outputs = new[] { new { role = agent ?? "assistant", content } },
            finish_reason = metadata.FindText("finishReason"),
            usage = Data(EventTypes.Usage).Select(Figures).LastOrDefault(),
        };
        return JsonSerializer.SerializeToUtf8Bytes(answer, ProtocolJson.Options);
    }

    private IEnumerable<JsonElement> Data(string type) =>
        events.Where(made => made.Type == type).Select(made => JsonElement.Parse(made.Data.Span));

    private static object Call(JsonElement call) => new
    {
        id = call.FindText("id"),
        type = "function",
        function = new { name = call.FindText("name"), arguments = call.FindText("arguments") },
    };

    private static object Figures(JsonElement data)
    {
        var usage = Usage.Read(data);
        return new
        {
            input_tokens = usage.InputTokens,
            output_tokens = usage.OutputTokens,
            total_tokens = usage.TotalTokens,
            total_cost = usage.Cost,
        };
    }
}
