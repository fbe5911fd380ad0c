using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The only way to a room for doors and features: open it, append to it, follow it. A member's connections end because the log
/// published that the member left, and not because somebody called; so a room may live on another node. Safe from any thread.
/// </summary>
internal interface IRoomDirectory
{
    /// <summary>The room, kept in memory until the lease is disposed. Fails with <c>not_found</c> where there is none.</summary>
    Task<RoomLease> OpenAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>As <see cref="OpenAsync"/>, but null where there is none.</summary>
    Task<RoomLease?> TryOpenAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the first commit of a new room: its events, then its changes, <see cref="RoomChange.CreateRoom"/> among them. A room whose
    /// commit fails is forgotten.
    /// </summary>
    Task CreateAsync(Room room, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes);

    /// <summary>
    /// Appends what a person did. Completes with the last sequence when it is durable and visible. Fails with <c>not_found</c>, with
    /// <c>storage_unavailable</c>, or with the code of the change that contradicts what is stored; then nothing of it happened.
    /// </summary>
    async Task<long> AppendAsync(
        string roomId, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        using var lease = await OpenAsync(roomId, cancellationToken);
        return await lease.Log.AppendNowAsync(events, cancellationToken, changes);
    }

    /// <summary>Tells the follower of everything that happens in this process's rooms from now on.</summary>
    void Follow(IRoomFollower follower);
}
