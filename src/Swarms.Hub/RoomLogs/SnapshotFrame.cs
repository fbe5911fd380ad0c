using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A snapshot frame, encoded once for all viewers that ask at the same head.</summary>
/// <param name="Generation">The log's generation.</param>
/// <param name="Sequence">The head.</param>
/// <param name="Reason">One of <see cref="SnapshotReasons"/>.</param>
/// <param name="Cursor">The viewer's cursor after the frame.</param>
/// <param name="Audience">The members for whom it is.</param>
/// <param name="AudienceVersion">The <see cref="RoomLog.AudienceVersion"/> at the head.</param>
/// <param name="Json">The frame's JSON.</param>
internal sealed record SnapshotFrame(
    int Generation, long Sequence, string Reason, string Cursor, Audience Audience, int AudienceVersion, ReadOnlyMemory<byte> Json)
{
    public static SnapshotFrame Encode(RoomFrame frame, int generation, long sequence, Audience audience, int audienceVersion)
    {
        ReadOnlyMemory<byte> json = JsonSerializer.SerializeToUtf8Bytes(frame, ProtocolJson.Options);
        var shown = audience == Audience.WithCosts ? json : MoneyFilter.Filter(json);
        return new(generation, sequence, frame.Reason!, frame.Cursor, audience, audienceVersion, shown);
    }
}
