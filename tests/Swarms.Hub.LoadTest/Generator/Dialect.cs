using System.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>How a server wants to be spoken to over its WebSocket. Stateless, shared by all viewers of that server.</summary>
internal abstract class Dialect
{
    /// <summary>True where a record ends with 0x1e, wherever WebSocket messages end; else a message is a record.</summary>
    public virtual bool SeparatesRecords => false;

    /// <summary>Sent every ten seconds by every viewer.</summary>
    public virtual ReadOnlyMemory<byte> KeepAlive => default;

    public abstract string PathOf(Seat seat);

    /// <summary>What a viewer says first, before it has heard anything.</summary>
    public virtual IEnumerable<string> Greet(Seat seat, string? cursor) => [];

    /// <summary>What this record means for the viewer.</summary>
    public abstract void Read(ReadOnlySpan<byte> record, ViewerConnection viewer);

    /// <summary>A client's text frame; the mask is zero, which the protocol allows and which leaves the bytes as they are.</summary>
    public static byte[] TextFrame(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(byte opening, ReadOnlySpan<byte> payload)
    {
        byte[] head = payload.Length < 126
            ? [opening, (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : [opening, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        return [.. head, .. payload];
    }
}
