namespace Swarms.Hub.Rooms;

/// <summary>What a viewer finds after its position.</summary>
/// <param name="Head">The room's last committed sequence at that moment.</param>
/// <param name="Batches">What lies after the position, in order, where the tail holds all of it.</param>
/// <param name="IsBehind">The position is further back than the tail.</param>
internal readonly record struct TailRead(long Head, IReadOnlyList<CommittedBatch> Batches, bool IsBehind);
