using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// Reads the lines of one answer before the vendor's client does, for what that client hides: errors within the stream, the end that makes
/// an answer whole, and the word with which the model stopped. Used by the loop of one run, in order.
/// </summary>
internal abstract class FrameWatch
{
    /// <summary>The upstream's words for an error within its answer; null without one.</summary>
    public string? Error { get; private set; }

    /// <summary>True once the upstream called the answer complete; a stream that stops after that was not cut off.</summary>
    public bool IsComplete { get; protected set; }

    /// <summary>The upstream's word for why the model stopped; null while it runs.</summary>
    public string? FinishReason { get; protected set; }

    /// <summary>Figures that the vendor's client drops, or tells only at the end; null without any.</summary>
    public Usage? Usage { get; protected set; }

    /// <summary>True if each line is a frame; false if an empty line ends a frame.</summary>
    public abstract bool HasLineFrames { get; }

    /// <summary>True if an answer of this media type is a stream of the upstream's frames.</summary>
    public abstract bool Expects(string? mediaType);

    /// <summary>Reads a line without its end, and returns the line that the vendor's client gets.</summary>
    public abstract ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> line);

    /// <summary>Returns the raw arguments of a tool call that its client could not read; null if the upstream sent them whole.</summary>
    public virtual string? FindArguments(string callId) => null;

    /// <summary>Returns the reasoning that came since the last call and that the vendor's client drops; null if there is none.</summary>
    public virtual string? TakeReasoning() => null;

    /// <summary>Reads the JSON of a frame, and returns it as the vendor's client gets it.</summary>
    protected ReadOnlyMemory<byte> ReadJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonText.TryParse(json, out var safe);
        return document is { RootElement: { ValueKind: JsonValueKind.Object } root } ? ReadObject(root) ?? safe : safe;
    }

    /// <summary>Reads a frame; returns null if the client gets it as it is.</summary>
    protected abstract ReadOnlyMemory<byte>? ReadObject(JsonElement frame);

    protected void Fail(JsonElement data) =>
        Error ??= UpstreamErrorText.OfError(data) ?? "The upstream reported an error and did not say which.";
}
