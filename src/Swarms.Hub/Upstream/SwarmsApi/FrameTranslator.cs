using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// Gives each frame of one stream its meaning, by the rules of <c>tests/fixtures/swarms-sse/README.md</c>. The Swarms API has
/// had several dialects, so it asks what a frame says rather than what it should. Never throws. Used by one loop, in order.
/// </summary>
internal sealed class FrameTranslator(UpstreamSecrets secrets)
{
    // An event's data is nested a few levels deep in the hub's own frames, and its clients' JSON readers commonly stop at 64.
    private const int MaxDepth = 48;

    private readonly UpstreamEvents events = new(secrets);
    private bool hasFrames;
    private bool hasUsage;

    /// <summary>True once the upstream called itself complete, so that a stream which stops there was not cut off.</summary>
    public bool IsComplete { get; private set; }

    public UpstreamFrame Translate(string? name, ReadOnlySpan<byte> data)
    {
        ReadOnlyMemory<byte> text = JsonText.ToUtf8(data);
        using var document = JsonText.TryParse(text, out var json, MaxDepth);
        if (document is not null) text = OnOneLine(json);

        var meaning = document is { RootElement: { ValueKind: JsonValueKind.Object } root }
            ? OfObject(name, root, text)
            : OfText(name, document?.RootElement, text);
        hasFrames = true;
        return new(new SseFrame(name is null ? null : secrets.Redact(name), Encoding.UTF8.GetString(secrets.Redact(text).Span)), meaning);
    }

    private UpstreamEvent? OfObject(string? name, JsonElement data, ReadOnlyMemory<byte> text)
    {
        if (name == EventTypes.Error || HasError(data)) return events.Error(data);
        switch (name ?? OfUnnamed(data))
        {
            case EventTypes.Metadata:
                return events.Metadata(data.FindText("job_id"), data.FindText("name") ?? data.FindText("swarm_name"));
            case EventTypes.Chunk:
                var content = ContentText.Of(data.Find("content")) ?? ContentText.Of(data.Find("output"));
                return content is null ? null : events.Chunk(content, data.FindText("agent"));
            case EventTypes.Usage:
                hasUsage = true;
                return UpstreamEvents.Usage(data);
            case EventTypes.AgentStart or EventTypes.AgentEnd:
                return events.Agent(name!, data.FindText("agent"));
            case "end":
                return OfEnd(data);
            case EventTypes.Done:
                return UpstreamEvents.Done;
            default:
                return events.Other(name ?? EventTypes.Message, text);
        }
    }

    private UpstreamEvent? OfText(string? name, JsonElement? json, ReadOnlyMemory<byte> text)
    {
        if (text.Span.Trim(" \n\t"u8).SequenceEqual("[DONE]"u8)) return UpstreamEvents.Done;
        var words = json switch
        {
            { ValueKind: JsonValueKind.String } value => value.GetString()!,
            { ValueKind: JsonValueKind.Null } => "",
            _ => Encoding.UTF8.GetString(text.Span),
        };
        return name switch
        {
            EventTypes.Error when !string.IsNullOrWhiteSpace(words) => events.Error(ErrorCodes.UpstreamError, words),
            EventTypes.Error => events.Error(default(JsonElement)),
            EventTypes.Done => UpstreamEvents.Done,
            EventTypes.Chunk => words.Length == 0 ? null : events.Chunk(words, agent: null),
            EventTypes.AgentStart or EventTypes.AgentEnd => events.Agent(name, words),
            EventTypes.Metadata or EventTypes.Usage or "end" => null,
            null when text.IsEmpty => null,
            _ => events.OtherText(name ?? EventTypes.Message, text),
        };
    }

    /// <summary>The last words of a dialect that may or may not send <c>usage</c> and <c>done</c> besides.</summary>
    private UpstreamEvent? OfEnd(JsonElement data)
    {
        IsComplete |= data.Find("complete") is { ValueKind: JsonValueKind.True } || data.FindText("status") == "success";
        if (hasUsage || data.Find("usage") is not { ValueKind: JsonValueKind.Object } usage) return null;
        hasUsage = true;
        return UpstreamEvents.Usage(usage);
    }

    private string? OfUnnamed(JsonElement data)
    {
        if (data.FindText("type") == EventTypes.Metadata) return EventTypes.Metadata;
        if (!hasFrames && data.Find("job_id") is not null) return EventTypes.Metadata;
        // The API's own clients print whatever has a content, whether or not it is named.
        return data.FindText("content") is not null ? EventTypes.Chunk : null;
    }

    private static bool HasError(JsonElement data) => data.Find("error") switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
        _ => true,
    };

    /// <summary>Within JSON a line feed can only stand between two tokens, where a space means the same.</summary>
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Contains((byte)'\n')) return json;
        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        return line;
    }
}
