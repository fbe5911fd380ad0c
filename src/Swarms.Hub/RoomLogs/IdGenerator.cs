using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Makes ids: 26 characters of Crockford's base 32 in lower case. They begin with 48 bits of milliseconds and a 16-bit counter, and end
/// with 64 random bits. So ids of one process sort by creation even within a millisecond. Safe from any thread.
/// </summary>
internal sealed class IdGenerator(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private long _last;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, NextStamp());
        RandomNumberGenerator.Fill(bytes[8..]);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(26, value, static (text, number) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, number >>= 5)
                text[i] = Alphabet[(int)(number & 31)];
        });
    }

    private long NextStamp()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next;
        }
    }
}
