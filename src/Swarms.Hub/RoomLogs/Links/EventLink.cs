using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// What an event and all before it come down to: the first 16 bytes of a SHA-256 over the link before it and the event itself. Two logs
/// with one link at one sequence have the same history up to there. PROTOCOL.md ("Links") has the layout, and
/// <c>tests/protocol-cases/links/links.json</c> the vectors.
/// </summary>
internal readonly record struct EventLink(ulong High, ulong Low)
{
    public const int Size = 16;

    private const byte Version = 1;

    // Enough for every event of the hub's own; an upstream may call its own what it likes.
    private const int UsualBytes = 512;

    /// <summary>Link 0 of a room: no two rooms share a history.</summary>
    public static EventLink CreateFirst()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    public static EventLink Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>As it is stored; null where there is none, or what another program put there is none.</summary>
    public static EventLink? Read(byte[]? bytes) => bytes?.Length == Size ? Read(bytes.AsSpan()) : null;

    /// <summary>The link of the event that follows.</summary>
    public EventLink Next(long sequence, PendingEvent next) => Next(sequence, next.At, next.Type, next.Run, next.By, next.Digest.Span);

    /// <inheritdoc cref="Next(long, PendingEvent)"/>
    public EventLink Next(long sequence, DateTimeOffset at, string type, string? run, string? by, ReadOnlySpan<byte> digest)
    {
        var most = 1 + Size + (6 * sizeof(int)) + (2 * sizeof(long)) + (3 * (type.Length + (run?.Length ?? 0) + (by?.Length ?? 0))) + digest.Length;
        var buffer = most <= UsualBytes ? stackalloc byte[UsualBytes] : new byte[most];
        buffer[0] = Version;
        WriteTo(buffer[1..]);
        var rest = buffer[(1 + Size)..];
        Write(ref rest, sequence);
        Write(ref rest, at.ToUnixTimeMilliseconds());
        Write(ref rest, type);
        Write(ref rest, run ?? "");
        Write(ref rest, by ?? "");
        BinaryPrimitives.WriteInt32BigEndian(rest, digest.Length);
        digest.CopyTo(rest[sizeof(int)..]);
        rest = rest[(sizeof(int) + digest.Length)..];

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..^rest.Length], hash);
        return Read(hash[..Size]);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>32 digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Low);
    }

    private static void Write(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(int)..], number);
        rest = rest[(sizeof(int) + sizeof(long))..];
    }

    private static void Write(ref Span<byte> rest, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        rest = rest[(sizeof(int) + length)..];
    }
}
