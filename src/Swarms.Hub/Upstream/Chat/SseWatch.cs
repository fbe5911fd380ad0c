namespace Swarms.Hub.Upstream.Chat;

/// <summary>Reads the data lines of server-sent events. Used by the loop of one run, in order.</summary>
internal abstract class SseWatch : FrameWatch
{
    public sealed override bool HasLineFrames => false;

    private static ReadOnlySpan<byte> DataField => "data:"u8;

    public sealed override bool Expects(string? mediaType) => MediaTypes.IsEventStream(mediaType);

    public sealed override ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> line)
    {
        if (!line.Span.StartsWith(DataField))
            return line;

        var data = line[DataField.Length..];
        if (data.Span.StartsWith(" "u8))
            data = data[1..];

        if (data.Span.Trim(" \t"u8).SequenceEqual("[DONE]"u8))
        {
            IsComplete = true;
            return line;
        }

        var read = ReadJson(data);
        return read.Equals(data) ? line : (byte[])[.. "data: "u8, .. read.Span];
    }
}
