using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>The answer to one entry of a batch: the upstream's JSON, or the sentence of a failure.</summary>
/// <param name="Json">The JSON; empty after a failure.</param>
/// <param name="Failure">The sentence; null for an answer.</param>
internal readonly record struct BatchAnswer(ReadOnlyMemory<byte> Json, string? Failure)
{
    /// <summary>Writes the entry as the Swarms API does.</summary>
    public void Write(Utf8JsonWriter json, BatchForm form, string? name)
    {
        if (Failure is null && !form.HasResult)
        {
            json.WriteRawValue(Json.Span);
            return;
        }

        json.WriteStartObject();
        json.WriteString("status", Failure is null ? "success" : "error");
        if (form.NameField is { } field)
            json.WriteString(field, name);

        if (Failure is null)
            WriteResult(json);
        else
            json.WriteString("detail", Failure);

        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json)
    {
        json.WritePropertyName("result");
        json.WriteRawValue(Json.Span);
        using var document = JsonDocument.Parse(Json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("usage", out var usage))
            return;

        json.WritePropertyName("usage");
        usage.WriteTo(json);
    }

    /// <summary>Returns the JSON of an answer that the hub makes itself.</summary>
    public static BatchAnswer Of(Run run) => new(JsonSerializer.SerializeToUtf8Bytes(RunFrames.Answer(run), ProtocolJson.Options), null);
}
