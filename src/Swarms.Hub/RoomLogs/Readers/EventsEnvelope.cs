using System.Buffers;
using System.Text;

namespace Swarms.Hub.RoomLogs;

/// <summary>The JSON around the events of an events frame: the one place that knows its bytes.</summary>
internal static class EventsEnvelope
{
    private static ReadOnlySpan<byte> Opening => "{\"kind\":\"events\",\"cursor\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"events\":["u8;

    private static ReadOnlySpan<byte> Closing => "]}"u8;

    /// <summary>The length of what comes before the first event.</summary>
    public static int StartLength(string cursor) => Opening.Length + cursor.Length + Middle.Length;

    public static int EndLength => Closing.Length;

    public static void Begin(string cursor, IBufferWriter<byte> output)
    {
        var length = StartLength(cursor);
        Begin(cursor, output.GetSpan(length));
        output.Advance(length);
    }

    /// <summary>Writes the start into the span; gives its length.</summary>
    public static int Begin(string cursor, Span<byte> output)
    {
        Opening.CopyTo(output);
        var middle = Opening.Length + Encoding.ASCII.GetBytes(cursor, output[Opening.Length..]);
        Middle.CopyTo(output[middle..]);
        return middle + Middle.Length;
    }

    public static void End(IBufferWriter<byte> output) => output.Write(Closing);

    /// <summary>Writes the end into the span; gives its length.</summary>
    public static int End(Span<byte> output)
    {
        Closing.CopyTo(output);
        return Closing.Length;
    }
}
