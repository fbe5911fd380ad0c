using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>What a viewer is handed next: ready-made JSON, and the events in it for readers that take them one by one.</summary>
/// <param name="Kind">One of <see cref="Protocol.FrameKinds"/>.</param>
/// <param name="Cursor">Where the viewer stands after it.</param>
/// <param name="Sequence">The same, as the last event's number.</param>
/// <param name="Json">The frame's JSON; null where it spans several batches and <see cref="Batches"/> are written one after the other.</param>
/// <param name="Batches">What an events frame holds.</param>
internal sealed record ViewerFrame(string Kind, string Cursor, long Sequence, ReadOnlyMemory<byte>? Json, IReadOnlyList<CommittedBatch> Batches);
