using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>Watches Ollama's stream, in which each line is an object. Used by the loop of one run, in order.</summary>
internal sealed class OllamaWatch : FrameWatch
{
    public override bool HasLineFrames => true;

    public override bool Expects(string? mediaType) =>
        MediaTypes.IsJson(mediaType) || string.Equals(mediaType, "application/x-ndjson", StringComparison.OrdinalIgnoreCase);

    public override ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> line) => line.IsEmpty ? line : ReadJson(line);

    protected override ReadOnlyMemory<byte>? ReadObject(JsonElement frame)
    {
        if (frame.Find("error") is { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) })
            Fail(frame);

        if (frame.Find("done") is { ValueKind: JsonValueKind.True })
            (IsComplete, FinishReason) = (true, frame.FindText("done_reason") ?? FinishReason);

        return null;
    }
}
