using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The port to stored rooms. Safe from any thread. Writes go through <see cref="RoomLog.AppendAsync"/> only.
/// </summary>
/// <remarks>
/// <para>
/// <b>Consistency.</b> A read sees everything that was stored before the call. It shows one moment: never half of a commit, and never
/// less than a read before it. It uses a connection of its own and does not hold up the writer.
/// </para>
/// <para>
/// <b>Texts</b> are read to the letter, with U+0000 and of any length. Times are read to the millisecond.
/// </para>
/// <para>
/// <b>Deletion.</b> A deleted room is gone for every read at once, also while its rows are still being removed.
/// </para>
/// <para>
/// <b>Errors.</b> A store that cannot be read now refuses with <c>storage_unavailable</c> and the time after which to try again; the
/// message names no file, server or product. A cancelled read throws <see cref="OperationCanceledException"/>.
/// </para>
/// </remarks>
internal interface IRoomStore
{
    /// <summary>
    /// The room as its last commit left it: its number, its head, and the fold of all its events within the bounds of a snapshot. Null
    /// where there is no such room.
    /// </summary>
    Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Events after <paramref name="after"/> up to and with <paramref name="through"/>, in order, each with its link: at most
    /// <paramref name="limit"/> and about <paramref name="maxBytes"/>, but at least one. It ends before a gap, which only another program
    /// can make. Null where there are none.
    /// </summary>
    Task<CommittedBatch?> ReadAsync(long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// The link of the event with that sequence; link 0 for 0. An event that was written without a link has the one that follows from
    /// its data, the same each time. Null where the room has no such event, or the event is older than the room's chain.
    /// </summary>
    Task<EventLink?> FindLinkAsync(long roomKey, long sequence, CancellationToken cancellationToken);

    /// <summary>The run as it was saved last, with its text once it has ended; null where this room has none of that id.</summary>
    Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken);

    /// <summary>The key of a run's data; null where the room has no such run, or the run is of a version without keys.</summary>
    Task<DataKey?> FindDataKeyAsync(long roomKey, string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Runs that were queued before <paramref name="before"/> (a run's id; null for all), newest first by their place in the log, at most
    /// <paramref name="limit"/>, without texts. A <paramref name="query"/> must occur in the task or the text as it was typed; letters of
    /// ASCII match in either case. Empty where there are none; null where the room has no run with the id <paramref name="before"/>.
    /// </summary>
    Task<IReadOnlyList<Run>?> ListRunsAsync(string roomId, string? query, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Events outside runs after <paramref name="after"/> up to and with <paramref name="through"/>, in order, at most
    /// <paramref name="limit"/>. Empty where there are none.
    /// </summary>
    Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(long roomKey, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>The first run that was queued after that place in the log, with its text once it has ended; null after the last.</summary>
    Task<QueuedRun?> FindNextRunAsync(long roomKey, long after, CancellationToken cancellationToken);

    /// <summary>The run that a member's idempotency key is bound to, and the hash of its request; null where the key is free.</summary>
    Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(string memberId, string key, CancellationToken cancellationToken);

    /// <summary>The rooms, each once, that have runs without an ending, as a crash leaves them.</summary>
    Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken);
}
