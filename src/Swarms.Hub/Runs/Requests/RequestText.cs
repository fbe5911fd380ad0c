using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The beginning of a text in a request's JSON, up to what a room is shown. The rest is counted and never built. Throws an
/// <see cref="InvalidOperationException"/> for text that is not UTF-8 or holds half of a surrogate pair.
/// </summary>
internal sealed class RequestText(int maxLength)
{
    private readonly StringBuilder _beginning = new();

    /// <summary>The whole text's length in UTF-16 units.</summary>
    public int Length { get; private set; }

    /// <summary>True while the text has nothing but white space.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>Adds the inside of a JSON string.</summary>
    public void AddString(ReadOnlySpan<byte> escaped)
    {
        for (var at = escaped.IndexOf((byte)'\\'); at >= 0; at = escaped.IndexOf((byte)'\\'))
        {
            Add(escaped[..at]);
            escaped = escaped[(at + AddEscape(escaped[at..]))..];
        }

        Add(escaped);
    }

    /// <summary>Adds text as it is.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        Span<char> units = stackalloc char[512];
        while (!utf8.IsEmpty)
        {
            if (Utf8.ToUtf16(utf8, units, out var read, out var written, replaceInvalidSequences: false)
                is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
            {
                throw new InvalidOperationException("The text is not UTF-8.");
            }

            Keep(units[..written]);
            utf8 = utf8[read..];
        }
    }

    public override string ToString() => Texts.Cut(_beginning.ToString(), maxLength);

    // The reader has checked the form of the escape. Returns its length.
    private int AddEscape(ReadOnlySpan<byte> text)
    {
        if (text[1] != 'u')
        {
            Keep([Unescape(text[1])]);
            return 2;
        }

        var unit = UnitOf(text);
        if (!char.IsSurrogate(unit))
        {
            Keep([unit]);
            return 6;
        }

        if (char.IsHighSurrogate(unit) && text.Length >= 12 && text[6..8].SequenceEqual("\\u"u8)
            && UnitOf(text[6..]) is var low && char.IsLowSurrogate(low))
        {
            Keep([unit, low]);
            return 12;
        }

        throw new InvalidOperationException("The text holds half of a surrogate pair.");
    }

    private static char Unescape(byte sign) => sign switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)sign,
    };

    private static char UnitOf(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, null);

    private void Keep(ReadOnlySpan<char> units)
    {
        // One unit more tells Cut that there is a rest.
        var free = maxLength + 1 - _beginning.Length;
        if (free > 0)
            _beginning.Append(units[..Math.Min(units.Length, free)]);

        Length += units.Length;
        IsBlank = IsBlank && units.IsWhiteSpace();
    }
}
