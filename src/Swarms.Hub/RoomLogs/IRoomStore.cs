using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The port to what is stored. Reads see everything that was committed before the call, use connections of their own and
/// never hold up the writer. Writes go through <see cref="RoomLog.AppendAsync"/> only.
/// </summary>
internal interface IRoomStore
{
    /// <summary>The room as its last commit left it; null where there is none, or it was deleted.</summary>
    Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Events after <paramref name="after"/> up to and with <paramref name="through"/>, in order and without a gap, at most
    /// <paramref name="limit"/> and about <paramref name="maxBytes"/>, but at least one; null where there are none.
    /// </summary>
    Task<CommittedBatch?> ReadAsync(long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The link of the event with that sequence, or link 0; null where the room has no such event, or it is older than the chain.</summary>
    Task<EventLink?> FindLinkAsync(long roomKey, long sequence, CancellationToken cancellationToken);

    /// <summary>The run with its text; null where the room has none of that id.</summary>
    Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken);

    /// <summary>The key of a run's data; null where the room has no such run, or it is of a version that had no keys.</summary>
    Task<DataKey?> FindDataKeyAsync(long roomKey, string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Runs that were queued before <paramref name="before"/> (a run's id), newest first by their place in the log, without texts; null
    /// where the room has no run of that id.
    /// </summary>
    Task<IReadOnlyList<Run>?> ListRunsAsync(string roomId, string? query, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What people did, runs left out: events after <paramref name="after"/> up to and with <paramref name="through"/>, in order,
    /// at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(long roomKey, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>The first run that was queued after that place in the log, with its text once it has ended; null after the last.</summary>
    Task<QueuedRun?> FindNextRunAsync(long roomKey, long after, CancellationToken cancellationToken);

    /// <summary>The run that a member's idempotency key is bound to, and the hash of its request.</summary>
    Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(string memberId, string key, CancellationToken cancellationToken);

    /// <summary>Rooms with runs that have no ending: what a crash leaves.</summary>
    Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken);
}
