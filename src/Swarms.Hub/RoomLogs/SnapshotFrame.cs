using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A snapshot frame, encoded once for all viewers that ask at the same head.</summary>
/// <param name="Generation">The log's generation.</param>
/// <param name="Sequence">The head.</param>
/// <param name="Reason">One of <see cref="SnapshotReasons"/>.</param>
/// <param name="Cursor">The viewer's cursor after the frame.</param>
/// <param name="Json">The frame's JSON.</param>
internal sealed record SnapshotFrame(int Generation, long Sequence, string Reason, string Cursor, ReadOnlyMemory<byte> Json)
{
    public static SnapshotFrame Encode(RoomFrame frame, int generation, long sequence) =>
        new(generation, sequence, frame.Reason!, frame.Cursor, JsonSerializer.SerializeToUtf8Bytes(frame, ProtocolJson.Options));
}
