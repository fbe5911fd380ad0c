using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The port to what is stored. Reads see everything that was committed before the call, use connections of their own and
/// never hold up the writer. Writes go through <see cref="RoomLog.AppendAsync"/> only.
/// </summary>
internal interface IRoomStore
{
    /// <summary>This life of the logs; another one after a crash that may have lost commits.</summary>
    string Epoch { get; }

    /// <summary>A number for a new room; never given twice.</summary>
    long NextRoomKey();

    /// <summary>The room as its last commit left it; null where there is none, or it was deleted.</summary>
    Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Events after <paramref name="after"/> up to and with <paramref name="through"/>, in order and without a gap, at most
    /// <paramref name="limit"/> and about <paramref name="maxBytes"/>, but at least one; null where there are none.
    /// </summary>
    Task<CommittedBatch?> ReadAsync(long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The run with its text; null where the room has none of that id.</summary>
    Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken);

    /// <summary>Runs before <paramref name="before"/> (a run's id), newest first, without texts.</summary>
    Task<IReadOnlyList<Run>> ListRunsAsync(string roomId, string? query, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What people did, runs left out: events after <paramref name="after"/> up to and with <paramref name="through"/>, in order,
    /// at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(long roomKey, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>The run that was created next after another (null: the first), with its text once it has ended; null after the last.</summary>
    Task<QueuedRun?> FindNextRunAsync(long roomKey, string? afterRunId, CancellationToken cancellationToken);

    /// <summary>The run that a member's idempotency key is bound to, and the hash of its request.</summary>
    Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(string memberId, string key, CancellationToken cancellationToken);

    /// <summary>Rooms with runs that have no ending: what a crash leaves.</summary>
    Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken);
}
