using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// The port to stored rooms. Safe from any thread. Writes go through <see cref="RoomLog.AppendAsync"/> only.
/// </summary>
/// <remarks>
/// <para>
/// <b>Consistency.</b> A read sees everything that was stored before the call. It shows one moment: never half of a commit, and never
/// less than an earlier read. It uses its own connection and does not block the writer.
/// </para>
/// <para>
/// <b>Texts</b> are read to the letter, with U+0000 and of any length. Times are read to the millisecond.
/// </para>
/// <para>
/// <b>Deletion.</b> A deleted room is gone for every read at once, also while its rows are still being removed.
/// </para>
/// <para>
/// <b>Errors.</b> An unreadable store refuses with <c>storage_unavailable</c> and the time after which to try again. The message names no
/// file, server or product. A cancelled read throws <see cref="OperationCanceledException"/>.
/// </para>
/// </remarks>
internal interface IRoomStore
{
    /// <summary>
    /// Returns the room as its last commit left it: its number, its head, and the fold of its events within a snapshot's bounds. Null if
    /// there is no such room.
    /// </summary>
    Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the events after <paramref name="after"/> up to and including <paramref name="through"/>, in order, each with its link.
    /// There are at most <paramref name="limit"/>, of about <paramref name="maxBytes"/>, but at least one. The batch ends before a gap,
    /// which only another program can make. Null if there are none.
    /// </summary>
    Task<CommittedBatch?> ReadAsync(long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the link of the event with this sequence; link 0 for 0. The link of an event that was written without one is computed from
    /// its data, the same each time. Null if the room has no such event, or the event is older than the room's chain.
    /// </summary>
    Task<EventLink?> FindLinkAsync(long roomKey, long sequence, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the bytes of the room's events up to and including <paramref name="through"/>: their data, and 128 for the rest of each. The
    /// events of its lanes count too.
    /// </summary>
    Task<long> MeasureAsync(long roomKey, long through, CancellationToken cancellationToken);

    /// <summary>Returns the run as it was saved last, with its text once it has ended; null if this room has no such run.</summary>
    Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken);

    /// <summary>Returns the key of a run's data; null if the room has no such run, or the run is of a version without keys.</summary>
    Task<DataKey?> FindDataKeyAsync(long roomKey, string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns at most <paramref name="limit"/> runs without texts that pass the filter, newest first by their place in the log. Null if
    /// the room has no run with the id <see cref="RunFilter.Before"/>.
    /// </summary>
    Task<IReadOnlyList<Run>?> ListRunsAsync(string roomId, RunFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Returns runs of all threads, as the other overload does.</summary>
    Task<IReadOnlyList<Run>?> ListRunsAsync(
        string roomId, string? query, string? before, int limit, CancellationToken cancellationToken) =>
        ListRunsAsync(roomId, new RunFilter { Text = query, Before = before }, limit, cancellationToken);

    /// <summary>
    /// Returns the events outside runs after <paramref name="after"/> up to and including <paramref name="through"/>, in order, at most
    /// <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(long roomKey, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the newest messages after <paramref name="after"/> and before <paramref name="before"/> as they stand, in sequence order, at
    /// most <paramref name="limit"/>. An edited one has its present text, a removed one none.
    /// </summary>
    Task<IReadOnlyList<Message>> ReadMessagesAsync(long roomKey, long after, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the number of messages after <paramref name="after"/>, removed ones included.</summary>
    Task<int> CountMessagesAsync(long roomKey, long after, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the sequences of the <c>reaction</c> events after <paramref name="after"/> and before <paramref name="before"/> that were
    /// not taken back and whose target was not removed.
    /// </summary>
    Task<IReadOnlySet<long>> FindReactionsAsync(long roomKey, long after, long before, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the chunks of a run after <paramref name="after"/>, in order, at most <paramref name="limit"/>; none if the room has no such
    /// run.
    /// </summary>
    Task<IReadOnlyList<RoomEvent>> ReadChunksAsync(long roomKey, string runId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the first run queued after this place in the log, with its text once it has ended; null after the last.</summary>
    Task<QueuedRun?> FindNextRunAsync(long roomKey, long after, CancellationToken cancellationToken);

    /// <summary>Returns the run bound to a member's idempotency key, and the hash of its request; null if the key is free.</summary>
    Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(string memberId, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Returns rooms in which nobody and no run has done anything since this time and no run is open, at most <paramref name="limit"/>.
    /// </summary>
    /// <param name="since">The time.</param>
    /// <param name="retentionSeconds">Only rooms whose settings have this retention; null for all rooms.</param>
    /// <param name="limit">The longest result.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<string>> FindIdleRoomsAsync(
        DateTimeOffset since, long? retentionSeconds, int limit, CancellationToken cancellationToken);

    /// <summary>Returns the retentions in the settings of rooms, each once.</summary>
    Task<IReadOnlyList<long>> ListRetentionsAsync(CancellationToken cancellationToken);

    /// <summary>Returns the rooms, each once, with runs that have no ending, as a crash leaves them. Lanes are no rooms here.</summary>
    Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken);

    /// <summary>Returns the room and the run of a lane; null if there is no such lane.</summary>
    Task<RoomLane?> FindLaneAsync(string laneId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the lanes that a crash leaves: those that are not kept, those whose run has no ending, and those of a run that there is not.
    /// </summary>
    Task<IReadOnlyList<string>> FindUnfinishedLanesAsync(CancellationToken cancellationToken);
}
