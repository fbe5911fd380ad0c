using System.Buffers;
using System.Text.Json;
using Swarms.Hub.Delivery;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// Writes a frame as SignalR's stream item by copying its ready-made bytes into the viewer's connection, in one piece: one piece
/// is one WebSocket frame and one send, where pieces of the pipe's own size would be several. What takes many sends anyway, a
/// snapshot most often, is not copied: a thousand viewers that join at once, or one that takes minutes over it, hold no copy of it.
/// </summary>
internal static class ViewerFrameWriter
{
    // More than a burst of live events; copying this much costs less than two sends more.
    private const int MaxCopiedBytes = 32_768;

    // What messages of SignalR's JSON protocol end with.
    private const byte RecordSeparator = 0x1e;

    public static void Write(string invocationId, ViewerFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Json is { Length: > MaxCopiedBytes } large && output is WebSocketOutput socket)
        {
            WriteAround(invocationId, large, socket);
            return;
        }

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
        output.Insert(json);
        output.Write("}"u8);
        output.Write([RecordSeparator]);
    }

    private static int LengthOf(ViewerFrame frame)
    {
        if (frame.Json is { } json)
            return json.Length;

        // One comma fewer than there are batches.
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
