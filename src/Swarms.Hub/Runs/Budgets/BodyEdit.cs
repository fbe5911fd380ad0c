using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Runs;

/// <summary>A change of some bytes of a request; all others stay as they are.</summary>
/// <param name="Start">The first byte that goes.</param>
/// <param name="Length">The number of bytes that go.</param>
/// <param name="Text">The text in their place.</param>
internal readonly record struct BodyEdit(int Start, int Length, string Text)
{
    /// <summary>Sets the <c>max_tokens</c> of an agent that has another one, or none.</summary>
    public static BodyEdit WithMaxTokens(RequestField config, RequestField maxTokens, ReadOnlyMemory<byte> body, int tokens)
    {
        if (maxTokens.Type != JsonTokenType.None)
            return new BodyEdit(StartOf(maxTokens.Json, body), maxTokens.Json.Length, Write(tokens));

        var isEmpty = config.Json.Span[1..^1].IndexOfAnyExcept(" \t\r\n"u8) < 0;
        return new BodyEdit(StartOf(config.Json, body) + 1, 0, $"\"max_tokens\":{Write(tokens)}{(isEmpty ? "" : ",")}");
    }

    /// <summary>Gives a request a configuration of its agent that has none, or one that is no object.</summary>
    public static BodyEdit WithAgentConfig(RequestField config, ReadOnlyMemory<byte> body, int tokens)
    {
        var text = $"{{\"max_tokens\":{Write(tokens)}}}";
        return config.Type == JsonTokenType.None
            ? new BodyEdit(body.Span.IndexOf((byte)'{') + 1, 0, $"\"agent_config\":{text},")
            : new BodyEdit(StartOf(config.Json, body), config.Json.Length, text);
    }

    /// <summary>Gives a request a field that it has not, or replaces the field's value.</summary>
    public static BodyEdit WithField(string name, RequestField field, ReadOnlyMemory<byte> body, string json) =>
        field.Type == JsonTokenType.None
            ? new BodyEdit(body.Span.IndexOf((byte)'{') + 1, 0, $"\"{name}\":{json},")
            : new BodyEdit(StartOf(field.Json, body), field.Json.Length, json);

    /// <summary>Returns the body with the edits, which do not overlap.</summary>
    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> body, IEnumerable<BodyEdit> edits)
    {
        using var edited = new MemoryStream(body.Length + 256);
        var end = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            edited.Write(body.Span[end..edit.Start]);
            edited.Write(Encoding.UTF8.GetBytes(edit.Text));
            end = edit.Start + edit.Length;
        }

        edited.Write(body.Span[end..]);
        return edited.ToArray();
    }

    private static int StartOf(ReadOnlyMemory<byte> part, ReadOnlyMemory<byte> body) =>
        (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(body.Span), ref MemoryMarshal.GetReference(part.Span));

    private static string Write(int tokens) => tokens.ToString(CultureInfo.InvariantCulture);
}
