using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// Translates each frame of one stream by the rules of <c>tests/fixtures/swarms-sse/README.md</c>. The Swarms API has had several
/// dialects, so it reads what a frame contains, not what it should contain. Never throws. Used by the loop of one run, in order.
/// Next: <see cref="UpstreamEvents"/>.
/// </summary>
internal sealed class FrameTranslator(UpstreamSecrets secrets)
{
    // The hub's frames nest an event's data a few levels deep, and the JSON readers of clients commonly stop at 64.
    private const int MaxDepth = 48;

    private readonly UpstreamEvents _events = new(secrets);
    private readonly StreamedTexts _texts = new(secrets);
    private bool _hasFrames;
    private bool _hasUsage;

    /// <summary>True once the upstream called the answer complete; a stream that stops after that was not cut off.</summary>
    public bool IsComplete { get; private set; }

    public UpstreamFrame Translate(string? name, ReadOnlySpan<byte> data)
    {
        ReadOnlyMemory<byte> text = JsonText.ToUtf8(data);
        using var document = JsonText.TryParse(text, out var json, MaxDepth);
        if (document is not null)
            text = OnOneLine(json);

        var meaning = document is { RootElement: { ValueKind: JsonValueKind.Object } root }
            ? OfObject(name, root, text)
            : OfText(name, document?.RootElement, text);
        _hasFrames = true;
        if (meaning is { } made && EventTypes.IsEnding(made.Type))
            _texts.ReleaseAll();

        var line = _texts.TakeChanged() is { } changed
            ? WithContent(document?.RootElement, changed)
            : Encoding.UTF8.GetString(secrets.Redact(text).Span);
        return new(new SseFrame(name is null ? null : secrets.Redact(name), line), meaning);
    }

    /// <summary>Releases what was held back of all texts, because nothing follows.</summary>
    public void ReleaseTexts() => _texts.ReleaseAll();

    /// <summary>Returns the frames that come before the last translated one, because a text is over.</summary>
    public IEnumerable<UpstreamFrame> TakeReleased() => _texts.TakeReleased();

    /// <summary>Writes a chunk's frame with the text that the room sees.</summary>
    private string WithContent(JsonElement? json, string text) => json switch
    {
        { ValueKind: JsonValueKind.Object } frame => secrets.Replace(frame, Content(frame).Field, text),
        { } => JsonSerializer.Serialize(text, ProtocolJson.Options),
        null => text,
    };

    private static (string Field, string? Text) Content(JsonElement frame) =>
        ContentText.Of(frame.Find("content")) is { } content ? ("content", content) : ("output", ContentText.Of(frame.Find("output")));

    private UpstreamEvent? OfObject(string? name, JsonElement data, ReadOnlyMemory<byte> text)
    {
        if (name == EventTypes.Error || HasError(data))
            return _events.Error(data);

        switch (name ?? OfUnnamed(data))
        {
            case EventTypes.Metadata:
                return _events.Metadata(data.FindText("job_id"), data.FindText("name") ?? data.FindText("swarm_name"));
            case EventTypes.Chunk:
                return Content(data).Text is { } content ? _texts.Add(name, content, data.FindText("agent")) : null;
            case EventTypes.Usage:
                _hasUsage = true;
                return UpstreamEvents.Usage(data);
            case EventTypes.AgentStart or EventTypes.AgentEnd:
                return Agent(name!, data.FindText("agent"));
            case "end":
                return OfEnd(data);
            case EventTypes.Done:
                return UpstreamEvents.Done;
            default:
                return _events.Other(name ?? EventTypes.Message, text);
        }
    }

    private UpstreamEvent? OfText(string? name, JsonElement? json, ReadOnlyMemory<byte> text)
    {
        if (text.Span.Trim(" \n\t"u8).SequenceEqual("[DONE]"u8))
            return UpstreamEvents.Done;

        var words = json switch
        {
            { ValueKind: JsonValueKind.String } value => value.GetString()!,
            { ValueKind: JsonValueKind.Null } => "",
            _ => Encoding.UTF8.GetString(text.Span),
        };
        return name switch
        {
            EventTypes.Error when !string.IsNullOrWhiteSpace(words) => _events.Error(ErrorCodes.UpstreamError, words),
            EventTypes.Error => _events.Error(default(JsonElement)),
            EventTypes.Done => UpstreamEvents.Done,
            EventTypes.Chunk => words.Length == 0 ? null : _texts.Add(name, words, agent: null),
            EventTypes.AgentStart or EventTypes.AgentEnd => Agent(name, words),
            EventTypes.Metadata or EventTypes.Usage or "end" => null,
            null when text.IsEmpty => null,
            _ => _events.OtherText(name ?? EventTypes.Message, text),
        };
    }

    private UpstreamEvent Agent(string type, string? agent)
    {
        if (type == EventTypes.AgentEnd)
            _texts.Release(agent);

        return _events.Agent(type, agent);
    }

    /// <summary>Reads the last frame of a dialect that may or may not send <c>usage</c> and <c>done</c> as well.</summary>
    private UpstreamEvent? OfEnd(JsonElement data)
    {
        IsComplete |= data.Find("complete") is { ValueKind: JsonValueKind.True } || data.FindText("status") == "success";
        if (_hasUsage || data.Find("usage") is not { ValueKind: JsonValueKind.Object } usage)
            return null;

        _hasUsage = true;
        return UpstreamEvents.Usage(usage);
    }

    private string? OfUnnamed(JsonElement data)
    {
        if (data.FindText("type") == EventTypes.Metadata)
            return EventTypes.Metadata;

        if (!_hasFrames && data.Find("job_id") is not null)
            return EventTypes.Metadata;

        // The API's own clients print every frame that has a content, named or not.
        return data.FindText("content") is not null ? EventTypes.Chunk : null;
    }

    private static bool HasError(JsonElement data) => data.Find("error") switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
        _ => true,
    };

    /// <summary>Replaces line feeds by spaces: in JSON they can only stand between two tokens.</summary>
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Contains((byte)'\n'))
            return json;

        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        return line;
    }
}
