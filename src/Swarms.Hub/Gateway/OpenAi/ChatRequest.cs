using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>A validated call of <c>POST /v1/chat/completions</c>. Disposed once the run's request is made of it.</summary>
internal sealed class ChatRequest : IDisposable
{
    /// <summary>The beginning of a model's name that names an agent of the room.</summary>
    public const string AgentPrefix = "agent/";

    private readonly JsonDocument _document;

    private ChatRequest(JsonDocument document, ReadOnlySpan<byte> body)
    {
        _document = document;
        var root = document.RootElement;
        Model = ReadModel(root);
        Messages = ChatMessages.Read(Find(root, "messages"));
        IsStreamed = ReadFlag(root, "stream");
        var options = Find(root, "stream_options");
        IncludesUsage = options.ValueKind == JsonValueKind.Object && ReadFlag(options, "include_usage");
        RefuseWhatNobodyAnswers(root);
        Hash = SHA256.HashData([.. "chat\n"u8, .. SHA256.HashData(body)]);
    }

    /// <summary>The model as the caller names it.</summary>
    public string Model { get; }

    /// <summary>The id of the room's agent that is asked; null for a model.</summary>
    public string? Agent => Model.StartsWith(AgentPrefix, StringComparison.Ordinal) ? Model[AgentPrefix.Length..] : null;

    public ChatMessages Messages { get; }

    public bool IsStreamed { get; }

    /// <summary>True if the caller wants the usage within the stream.</summary>
    public bool IncludesUsage { get; }

    /// <summary>Tells calls apart without keeping them.</summary>
    public byte[] Hash { get; }

    /// <summary>The whole body.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads a body; refuses one that no run can answer.</summary>
    public static ChatRequest Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = null;
        try
        {
            // Bounds the values before a parser takes memory for each.
            _ = RequestFields.Find(body) ?? throw Invalid("The body must be a JSON object with model and messages.");
            document = JsonDocument.Parse(body);
            return new ChatRequest(document, body.Span);
        }
        catch (Exception e)
        {
            document?.Dispose();
            throw e switch
            {
                JsonException json => Invalid(string.Create(
                    CultureInfo.InvariantCulture, $"The body is not valid JSON, or is nested too deep (line {json.LineNumber + 1}).")),
                // JSON's grammar allows half of a surrogate pair and bytes that are no UTF-8.
                InvalidOperationException => Invalid("A text in the request holds half of a character, or is not UTF-8."),
                _ => e,
            };
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>Returns a field; undefined without it, and for null.</summary>
    public static JsonElement Find(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    private static string ReadModel(JsonElement root)
    {
        if (Find(root, "model") is not { ValueKind: JsonValueKind.String } model || string.IsNullOrWhiteSpace(model.GetString()))
            throw Invalid("model is missing: it should be the name of a model, or \"agent/\" and the id of an agent of the room.");

        return model.GetString()!;
    }

    private static bool ReadFlag(JsonElement from, string name) => Find(from, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Undefined => false,
        _ => throw Invalid($"{name} must be true or false."),
    };

    private static void RefuseWhatNobodyAnswers(JsonElement root)
    {
        var n = Find(root, "n");
        if (n.ValueKind != JsonValueKind.Undefined && (n.ValueKind != JsonValueKind.Number || !n.TryGetInt32(out var count) || count != 1))
            throw Invalid("n must be 1, or be left out: a run gives one answer. Send the call again for another.");

        if (Find(root, "logprobs").ValueKind == JsonValueKind.True)
            throw Invalid("logprobs cannot be given: a run keeps the text alone. Leave it out.");

        var modalities = Find(root, "modalities");
        if (Find(root, "audio").ValueKind != JsonValueKind.Undefined
            || (modalities.ValueKind == JsonValueKind.Array && modalities.EnumerateArray().Any(kind => !kind.ValueEquals("text"))))
        {
            throw Invalid("modalities may have text alone, and audio must be left out: a run gives text.");
        }
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
