namespace Swarms.Hub.RoomLogs;

/// <summary>What a viewer finds after its position.</summary>
/// <param name="Generation">The log's at that moment: where it is another than before, the position is of a history that is gone.</param>
/// <param name="Head">The room's last committed sequence at that moment.</param>
/// <param name="Batches">What lies after the position, in order, where the tail holds all of it.</param>
/// <param name="IsBehind">The position is further back than the tail.</param>
internal readonly record struct TailRead(int Generation, long Head, IReadOnlyList<CommittedBatch> Batches, bool IsBehind);
