using System.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The protocol of a server over its WebSocket. Stateless, shared by all viewers of that server.</summary>
internal abstract class Dialect
{
    /// <summary>True if a record ends with 0x1e, independent of WebSocket messages; otherwise a message is a record.</summary>
    public virtual bool SeparatesRecords => false;

    /// <summary>The bytes that every viewer sends every ten seconds.</summary>
    public virtual ReadOnlyMemory<byte> KeepAlive => default;

    public abstract string PathOf(Seat seat);

    /// <summary>Returns the records that a viewer sends first.</summary>
    public virtual IEnumerable<string> Greet(Seat seat, string? cursor) => [];

    /// <summary>Handles a record for the viewer.</summary>
    public abstract void Read(ReadOnlySpan<byte> record, ViewerConnection viewer);

    /// <summary>Makes a client's text frame. Its mask is zero, which the protocol allows and which leaves the bytes as they are.</summary>
    public static byte[] TextFrame(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(byte opening, ReadOnlySpan<byte> payload)
    {
        byte[] head = payload.Length < 126
            ? [opening, (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : [opening, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        return [.. head, .. payload];
    }
}
