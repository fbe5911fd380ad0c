using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Swarms.Hub.Upstream;

/// <summary>Makes JSON from outside safe to read: no string in it throws when it is decoded.</summary>
internal static class JsonText
{
    private const int MaxDepth = 256;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Returns null if the text is not JSON. The document stays valid while <paramref name="json"/> is unchanged.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json, out ReadOnlyMemory<byte> safe, int maxDepth = MaxDepth)
    {
        safe = WithoutLoneSurrogates(json);
        try
        {
            return JsonDocument.Parse(safe, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns a copy with invalid UTF-8 replaced by U+FFFD.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    public static byte[] Write(Action<Utf8JsonWriter> write, int sizeHint = 256)
    {
        var buffer = new ArrayBufferWriter<byte>(sizeHint);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            write(writer);

        return buffer.WrittenSpan.ToArray();
    }

    public static string ToCompactText(this JsonElement element) =>
        Encoding.UTF8.GetString(Write(element.WriteTo));

    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static string? FindText(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>
    /// Replaces a lone surrogate, which a JSON escape can hold but no text can, by U+FFFD. <c>\ud83e</c> and <c>\uFFFD</c> have the same
    /// length.
    /// </summary>
    private static ReadOnlyMemory<byte> WithoutLoneSurrogates(ReadOnlyMemory<byte> json)
    {
        byte[]? copy = null;
        var text = json.Span;
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            var unit = UnitAt(text, at);
            if (unit is null)
                at += 2;
            else if (char.IsHighSurrogate(unit.Value) && UnitAt(text, at + 6) is { } low && char.IsLowSurrogate(low))
                at += 12;
            else
            {
                if (char.IsSurrogate(unit.Value))
                    "FFFD"u8.CopyTo((copy ??= json.ToArray()).AsSpan(at + 2));

                at += 6;
            }
        }

        return copy ?? json;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
            return -1;

        var found = text[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    private static char? UnitAt(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == (byte)'\\' && text[at + 1] == (byte)'u'
            && ushort.TryParse(text.Slice(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? (char)unit
            : null;
}
