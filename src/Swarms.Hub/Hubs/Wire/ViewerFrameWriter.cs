using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Delivery;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Writes a frame as SignalR's stream item by copying its encoded bytes in one piece, which is one WebSocket frame and one send. A large
/// frame, usually a snapshot, is not copied: a thousand joining viewers share its bytes. Called on the thread of the connection's only
/// writer. Next: <see cref="WebSocketOutput"/>.
/// </summary>
internal static class ViewerFrameWriter
{
    // The limit is above a burst of live events. Copying this much costs less than two more sends.
    private const int MaxCopiedBytes = 32_768;

    // The end of each message of SignalR's JSON protocol.
    private const byte RecordSeparator = 0x1e;

    public static void Write(string invocationId, ViewerFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Json is { Length: > MaxCopiedBytes } large && output is WebSocketOutput socket)
        {
            WriteAround(invocationId, large, socket);
            return;
        }

        if (frame.Json is { Length: > MaxCopiedBytes and var bytes } && output is AnnouncingOutput announcing)
            announcing.Announce(Announcement(bytes));

        var id = JsonEncodedText.Encode(invocationId).EncodedUtf8Bytes;
        var length = "{\"type\":2,\"invocationId\":\"\",\"item\":}"u8.Length + id.Length + LengthOf(frame) + 1;
        var span = output.GetSpan(length);
        var rest = span;
        Append(ref rest, "{\"type\":2,\"invocationId\":\""u8);
        Append(ref rest, id);
        Append(ref rest, "\",\"item\":"u8);
        AppendFrame(ref rest, frame);
        Append(ref rest, "}"u8);
        rest[0] = RecordSeparator;
        output.Advance(length);
    }

    private static void WriteAround(string invocationId, ReadOnlyMemory<byte> json, WebSocketOutput output)
    {
        output.Write("{\"type\":2,\"invocationId\":\""u8);
        output.Write(JsonEncodedText.Encode(invocationId).EncodedUtf8Bytes);
        output.Write("\",\"item\":"u8);
        output.Insert(json, Announcement(json.Length));
        output.Write("}"u8);
        output.Write([RecordSeparator]);
    }

    // A browser tells its page of a message only when it has all of it, and no ping fits in between. The ping before it says how much
    // comes, or a viewer on a slow line would take the hub for dead.
    private static byte[] Announcement(int bytes) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"type\":6,\"next\":{bytes}}}{(char)RecordSeparator}"));

    private static int LengthOf(ViewerFrame frame)
    {
        if (frame.Json is { } json)
            return json.Length;

        // The batches have commas between them.
        var length = EventsEnvelope.StartLength(frame.Cursor) + EventsEnvelope.EndLength - 1;
        foreach (var batch in frame.Batches)
            length += batch.EventsJson.Length + 1;

        return length;
    }

    private static void AppendFrame(ref Span<byte> rest, ViewerFrame frame)
    {
        if (frame.Json is { } json)
        {
            Append(ref rest, json.Span);
            return;
        }

        rest = rest[EventsEnvelope.Begin(frame.Cursor, rest)..];
        for (var i = 0; i < frame.Batches.Count; i++)
        {
            if (i > 0)
                Append(ref rest, ","u8);

            Append(ref rest, frame.Batches[i].EventsJson.Span);
        }

        rest = rest[EventsEnvelope.End(rest)..];
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
