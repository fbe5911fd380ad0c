using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>A viewer's next frame: encoded JSON, and its events for readers that take them one by one.</summary>
/// <param name="Kind">One of <see cref="Protocol.FrameKinds"/>.</param>
/// <param name="Cursor">The viewer's cursor after the frame.</param>
/// <param name="Sequence">The sequence of that cursor.</param>
/// <param name="Json">The frame's JSON; null if it spans several <see cref="Batches"/>, which are written one after the other.</param>
/// <param name="Batches">The batches of an events frame.</param>
internal sealed record ViewerFrame(
    string Kind, string Cursor, long Sequence, ReadOnlyMemory<byte>? Json, IReadOnlyList<CommittedBatch> Batches);
