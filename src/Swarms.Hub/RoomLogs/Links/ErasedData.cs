using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>An event's data, as a commit erases it.</summary>
/// <param name="Sequence">The event.</param>
/// <param name="Data">The data that is left: an <see cref="ErasedPayload"/> as JSON.</param>
/// <param name="Bytes">The bytes that are gone.</param>
internal readonly record struct ErasedData(long Sequence, ReadOnlyMemory<byte> Data, long Bytes)
{
    public static byte[] Encode(ErasedPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, ProtocolJson.Options);
}
