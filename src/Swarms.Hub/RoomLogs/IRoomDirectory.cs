using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The only way to a room for doors and features: open it, append to it, follow it. Features react to published events instead of calling
/// each other, so a room may live on another node. Safe from any thread. Next: <see cref="RoomLog"/>.
/// </summary>
internal interface IRoomDirectory
{
    /// <summary>Returns the room, kept in memory until the lease is disposed. Fails with <c>not_found</c> if there is none.</summary>
    Task<RoomLease> OpenAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Returns the room as <see cref="OpenAsync"/> does; null if there is none.</summary>
    Task<RoomLease?> TryOpenAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the first commit of a new room. <see cref="RoomChange.CreateRoom"/> must be among its changes. If the commit fails, the room
    /// is forgotten.
    /// </summary>
    Task CreateAsync(
        Room room, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes);

    /// <summary>
    /// Appends a person's events. Completes with the last sequence when they are durable and visible. Fails with <c>not_found</c>, with
    /// <c>storage_unavailable</c>, or with the code of a change that contradicts the store; then nothing was stored.
    /// </summary>
    async Task<long> AppendAsync(
        string roomId, IReadOnlyList<PendingEvent> events, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        using var lease = await OpenAsync(roomId, cancellationToken);
        return await lease.Log.AppendNowAsync(events, cancellationToken, changes);
    }

    /// <summary>The number of rooms in this process's memory.</summary>
    int Count { get; }

    /// <summary>Calls the follower for everything that happens in this process's rooms from now on.</summary>
    void Follow(IRoomFollower follower);
}
