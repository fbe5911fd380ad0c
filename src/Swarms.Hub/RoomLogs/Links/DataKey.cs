using System.Security.Cryptography;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The random key of one event's data, or of all data of one run. The chain holds only digests under such keys. So data can be erased
/// with its key and the chain still verifies, but the digest reveals nothing, however short the data was.
/// </summary>
internal readonly record struct DataKey(ReadOnlyMemory<byte> Bytes)
{
    public const int Size = 32;

    public static DataKey Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Returns the HMAC-SHA-256 of the data.</summary>
    public ReadOnlyMemory<byte> Digest(ReadOnlySpan<byte> data) => HMACSHA256.HashData(Bytes.Span, data);
}
