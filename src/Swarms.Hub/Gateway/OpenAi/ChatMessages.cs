using System.Globalization;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// A conversation in OpenAI's form, taken apart as a run needs it: the system's words, the earlier turns, the last one and the images.
/// Nothing of it is left out: what cannot be sent is refused.
/// </summary>
internal sealed class ChatMessages
{
    private readonly List<string> _system = [];
    private readonly List<ChatTurn> _turns = [];
    private readonly List<JsonElement> _images = [];

    /// <summary>The words of the system and the developer, in order; null without any.</summary>
    public string? System => _system.Count == 0 ? null : string.Join("\n\n", _system);

    /// <summary>The turns before the last one.</summary>
    public IEnumerable<ChatTurn> Earlier => _turns.SkipLast(1);

    /// <summary>The last turn, which is the user's or a tool's.</summary>
    public ChatTurn Last => _turns[^1];

    /// <summary>The addresses of all images, in order; a text of the history names each by its number.</summary>
    public IReadOnlyList<JsonElement> Images => _images;

    /// <summary>Reads the field <c>messages</c>.</summary>
    public static ChatMessages Read(JsonElement messages)
    {
        var read = new ChatMessages();
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw Invalid("messages must be a list with at least one message.");

        foreach (var (index, message) in messages.EnumerateArray().Index())
            read.Add(message, string.Create(CultureInfo.InvariantCulture, $"messages[{index}]"));

        if (read._turns.Count == 0 || read.Last.Role == ChatTurn.Assistant)
            throw Invalid("The last message must be the user's or a tool's: it is what the model answers.");

        read._turns[^1] = read.Last.AsTask();
        return read;
    }

    private void Add(JsonElement message, string place)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw Invalid($"{place} must be an object with a role.");

        switch (Text(message, "role"))
        {
            case "system" or "developer":
                _system.Add(ReadContent(message, place));
                break;
            case "user":
                _turns.Add(new ChatTurn(ChatTurn.User, ReadContent(message, place)));
                break;
            case "assistant":
                _turns.Add(ReadAnswer(message, place));
                break;
            case "tool" or "function":
                _turns.Add(new ChatTurn(ChatTurn.User, ReadContent(message, place))
                {
                    ToolCallId = Text(message, "tool_call_id") ?? Text(message, "name") ?? "",
                });
                break;
            default:
                throw Invalid($"{place}.role must be system, developer, user, assistant or tool.");
        }
    }

    private ChatTurn ReadAnswer(JsonElement message, string place)
    {
        var content = ReadContent(message, place);
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind != JsonValueKind.Array)
            return new ChatTurn(ChatTurn.Assistant, content);

        // An upstream that knows no calls of tools reads them as text.
        if (content.Length == 0)
            content = string.Join('\n', calls.EnumerateArray().Select(TextOf));

        return new ChatTurn(ChatTurn.Assistant, content) { ToolCalls = calls };
    }

    private static string TextOf(JsonElement call)
    {
        var function = call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var given) ? given : default;
        return function.ValueKind == JsonValueKind.Object ? $"{Text(function, "name")}({Text(function, "arguments")})" : "";
    }

    private string ReadContent(JsonElement message, string place)
    {
        if (!message.TryGetProperty("content", out var content))
            return "";

        switch (content.ValueKind)
        {
            case JsonValueKind.Null:
                return "";
            case JsonValueKind.String:
                return content.GetString()!;
            case JsonValueKind.Array:
                return ReadParts(content, place);
            default:
                throw Invalid($"{place}.content must be a text or a list of parts.");
        }
    }

    private string ReadParts(JsonElement parts, string place)
    {
        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (text.Length > 0)
                text.Append('\n');

            text.Append(part.ValueKind == JsonValueKind.Object ? ReadPart(part, place) : throw Part(place));
        }

        return text.ToString();
    }

    private string ReadPart(JsonElement part, string place)
    {
        switch (Text(part, "type"))
        {
            case "text" when Text(part, "text") is { } text:
                return text;
            case "refusal" when Text(part, "refusal") is { } refusal:
                return refusal;
            case "image_url" when FindImage(part) is { } image:
                _images.Add(image);
                return string.Create(CultureInfo.InvariantCulture, $"[image {_images.Count}]");
            default:
                throw Part(place);
        }
    }

    private static JsonElement? FindImage(JsonElement part)
    {
        if (!part.TryGetProperty("image_url", out var image))
            return null;

        if (image.ValueKind == JsonValueKind.Object && !image.TryGetProperty("url", out image))
            return null;

        return image.ValueKind == JsonValueKind.String ? image : null;
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static HubErrorException Part(string place) =>
        Invalid($"{place}.content must have parts of the types text and image_url only: other parts do not reach the model.");

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
