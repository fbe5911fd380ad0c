using System.Globalization;
using System.Text;

namespace Swarms.Hub.Runs;

/// <summary>
/// The borders of characters as people see them (grapheme clusters) in a text that grows at its end and is dropped at its beginning.
/// Places are counted from the beginning of the whole text. Used by one at a time.
/// </summary>
internal sealed class TextClusters
{
    // What is dropped keeps so much of a context, because a border depends on what stands before it.
    private const int Context = 256;
    private const int MinDropped = 65_536;
    private const int Window = 1_024;

    private readonly StringBuilder _text = new();
    private int _start;

    /// <summary>The length of the whole text.</summary>
    public int Length => _start + _text.Length;

    public void Append(string text) => _text.Append(text);

    /// <summary>Allows to forget the text before this place.</summary>
    public void DropBefore(int place)
    {
        var dropped = place - Context - _start;
        if (dropped < MinDropped)
            return;

        _text.Remove(0, dropped);
        _start += dropped;
    }

    /// <summary>Returns the last border that is not behind the place.</summary>
    public int FindBefore(int place) => Find(place).Before;

    /// <summary>Returns the first border that is not before the place. The end of the text so far counts as one.</summary>
    public int FindAfter(int place) => Find(place).After;

    private (int Before, int After) Find(int place)
    {
        if (place >= Length)
            return (Length, Length);

        var border = FindSafe(place);
        for (var ahead = Window; ; ahead *= 4)
        {
            var end = (int)Math.Min(Length, (long)place + ahead);
            var text = _text.ToString(border - _start, end - border).AsSpan();
            var before = border;
            while (before < place)
            {
                var next = before + StringInfo.GetNextTextElementLength(text[(before - border)..]);
                // Only the whole text tells where its last character ends.
                if (next >= end && end < Length)
                    break;

                if (next > place)
                    return (before, next);

                before = next;
            }

            if (before == place)
                return (place, place);
        }
    }

    // Going back to the beginning would cost each mask the whole text.
    private int FindSafe(int place)
    {
        for (var back = Window; ; back *= 4)
        {
            var start = (int)Math.Max(_start, (long)place - back);
            var text = _text.ToString(start - _start, place + 1 - start);
            for (var i = text.Length - 1; i > 0; i--)
            {
                if (IsPlain(text[i - 1]) && IsPlain(text[i]))
                    return start + i;
            }

            if (start == _start)
                return start;
        }
    }

    // Between two of these there is always a border: ASCII, Latin and Cyrillic letters, kana and Chinese characters.
    private static bool IsPlain(char unit) =>
        unit is (>= ' ' and <= '~') or (>= '\u00C0' and <= '\u024F') or (>= '\u0410' and <= '\u044F') or (>= '\u3041' and <= '\u3096')
            or (>= '\u30A1' and <= '\u30FA') or (>= '\u4E00' and <= '\u9FFF');
}
