using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Makes the events of one call in PROTOCOL.md's form and redacts the call's secrets. Used by the loop of one run.
/// Next: <see cref="UpstreamResponse"/>.
/// </summary>
internal sealed class UpstreamEvents(UpstreamSecrets secrets)
{
    public static UpstreamEvent Done { get; } = new(EventTypes.Done, "{}"u8.ToArray());

    /// <summary>Makes a chunk of a text that is whole.</summary>
    public UpstreamEvent WholeChunk(string text, string? agent) => Chunk(secrets.Redact(text), agent);

    /// <summary>Makes a chunk of a text whose secrets are redacted already.</summary>
    public UpstreamEvent Chunk(string text, string? agent)
    {
        var data = JsonText.Write(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("content", text);
                if (!string.IsNullOrEmpty(agent))
                    writer.WriteString("agent", secrets.Redact(agent));

                writer.WriteEndObject();
            },
            64 + text.Length);
        return new(EventTypes.Chunk, data, text);
    }

    /// <summary>Makes a piece of reasoning whose secrets are redacted already.</summary>
    public static UpstreamEvent Reasoning(string text) =>
        new(EventTypes.Reasoning, JsonSerializer.SerializeToUtf8Bytes(new ReasoningPayload(text, null), ProtocolJson.Options));

    public UpstreamEvent ToolCall(string? id, string name, string arguments) => new(
        EventTypes.ToolCall,
        JsonSerializer.SerializeToUtf8Bytes(
            new RunToolCall(Redact(id), secrets.Redact(name), RedactJson(arguments), null), ProtocolJson.Options));

    public UpstreamEvent Metadata(string? jobId, string? name, string? finishReason = null)
    {
        var data = JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("jobId", Redact(jobId));
            writer.WriteString("name", Redact(name));
            if (finishReason is not null)
                writer.WriteString("finishReason", finishReason);

            writer.WriteEndObject();
        });
        return new(EventTypes.Metadata, data);
    }

    public UpstreamEvent Agent(string type, string? agent) => new(type, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("agent", Redact(agent));
        writer.WriteEndObject();
    }));

    public static UpstreamEvent Usage(JsonElement usage) => new(
        EventTypes.Usage, JsonSerializer.SerializeToUtf8Bytes(UsageFigures.Read(usage), ProtocolJson.Options));

    public static UpstreamEvent Usage(Usage usage) =>
        new(EventTypes.Usage, JsonSerializer.SerializeToUtf8Bytes(usage, ProtocolJson.Options));

    public UpstreamEvent Error(string code, string message) => new(EventTypes.Error, JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", code);
        writer.WriteString("message", UpstreamErrorText.Tidy(secrets.Redact(message)));
        writer.WriteEndObject();
    }));

    /// <summary>Reads an error that the upstream reported within its answer.</summary>
    public UpstreamEvent Error(JsonElement data) => Error(
        ErrorCodes.UpstreamError, UpstreamErrorText.OfError(data) ?? "The upstream reported an error and did not say which.");

    /// <summary>Keeps an event that the hub does not know, under a type that is not reserved.</summary>
    public UpstreamEvent Other(string type, ReadOnlyMemory<byte> jsonObject) =>
        new(ReservedTypes.Unreserved(secrets.Redact(type)), secrets.Redact(jsonObject));

    public UpstreamEvent OtherText(string type, ReadOnlyMemory<byte> text) => Other(type, JsonText.Write(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("text", Encoding.UTF8.GetString(text.Span));
            writer.WriteEndObject();
        },
        64 + text.Length));

    // JSON may write a secret with escapes.
    private string RedactJson(string json) => Encoding.UTF8.GetString(secrets.Redact(Encoding.UTF8.GetBytes(json)).Span);

    private string? Redact(string? text) => text is null ? null : secrets.Redact(text);
}
