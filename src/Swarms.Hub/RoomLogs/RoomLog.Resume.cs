using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>Reads what is further back than the tail, and decides whether a cursor is of this history.</content>
internal sealed partial class RoomLog
{
    // What a thousand chunks of the usual size weigh, many times over; a thousand of the largest would be 300 MB.
    private const int MaxPageBytes = 4_194_304;

    // As many short events as fill a frame.
    private const int MaxFrameEvents = 512;

    /// <summary>A page of events from the store; it holds fewer than the limit where they are heavy.</summary>
    public Task<CommittedBatch?> ReadStoreAsync(long after, long through, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, limit, MaxPageBytes, cancellationToken);

    /// <summary>One frame of events from the store, for a viewer that is further back than the tail.</summary>
    public Task<CommittedBatch?> ReadFrameAsync(long after, long through, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, MaxFrameEvents, CommittedBatch.MaxBytes, cancellationToken);

    /// <summary>
    /// Whether a viewer with that cursor can be given the events after it: it has seen this very history, and is not too far back in it.
    /// Reads the store where the tail does not reach so far; a viewer whose place cannot be read now is given a snapshot, which needs no store.
    /// </summary>
    public async ValueTask<Resumption> FindResumptionAsync(RoomCursor cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            int generation;
            EventLink? link;
            lock (_lock)
            {
                generation = _generation;
                if (cursor.Sequence > _head.Sequence)
                    return Resumption.Refused(SnapshotReasons.Diverged);

                if (_head.Sequence - cursor.Sequence > _options.MaxBehindEvents)
                    return Resumption.Refused(SnapshotReasons.Behind);

                link = FindLink_NeedsLock(cursor.Sequence);
            }

            try
            {
                link ??= await _store.FindLinkAsync(Key, cursor.Sequence, cancellationToken);
            }
            catch (HubErrorException e) when (e.Code == ErrorCodes.StorageUnavailable)
            {
                return Resumption.Refused(SnapshotReasons.Behind);
            }

            lock (_lock)
            {
                // Invariant: the head that a viewer resumes to is of the history that its cursor was held against.
                if (generation == _generation)
                {
                    return new LogPosition(cursor.Sequence, link).IsProvenBy(cursor)
                        ? new Resumption(null, generation, _head.Sequence)
                        : Resumption.Refused(SnapshotReasons.Diverged);
                }
            }
        }
    }

    /// <summary>The place with that sequence; refused with <c>invalid</c> where it is ahead of the room.</summary>
    public async ValueTask<LogPosition> FindPositionAsync(long sequence, CancellationToken cancellationToken)
    {
        EventLink? link;
        lock (_lock)
        {
            if (sequence > _head.Sequence)
                throw new HubErrorException(ErrorCodes.Invalid, "The sequence is ahead of the room. Give back the cursor of the last frame or page, or none.");

            link = FindLink_NeedsLock(sequence);
        }

        return new LogPosition(sequence, link ?? await _store.FindLinkAsync(Key, sequence, cancellationToken));
    }

    /// <summary>Refuses with <c>conflict</c> a cursor that is not of this history.</summary>
    public async ValueTask RequireHistoryAsync(RoomCursor cursor, CancellationToken cancellationToken)
    {
        if (cursor.Sequence > Head || !(await FindPositionAsync(cursor.Sequence, cancellationToken)).IsProvenBy(cursor))
            throw new HubErrorException(ErrorCodes.Conflict, "The cursor is from another history of this room. Fetch the room's snapshot and go on from its cursor.");
    }

    public bool IsTooFarBehind(long sequence) => Head - sequence > _options.MaxBehindEvents;
}
