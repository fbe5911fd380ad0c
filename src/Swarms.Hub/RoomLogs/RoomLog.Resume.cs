using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>Reads events older than the tail, and decides whether a cursor belongs to this history.</content>
internal sealed partial class RoomLog
{
    // A page of usual chunks is much smaller. A thousand of the largest would be 300 MB.
    private const int MaxPageBytes = 4_194_304;

    // The number of short events that fill a frame.
    private const int MaxFrameEvents = 512;

    /// <summary>Reads a page of events from the store; it holds fewer than the limit if they are large.</summary>
    public Task<CommittedBatch?> ReadStoreAsync(long after, long through, int limit, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, limit, MaxPageBytes, cancellationToken);

    /// <summary>Reads one frame of events from the store, for a viewer that is further back than the tail.</summary>
    public Task<CommittedBatch?> ReadFrameAsync(long after, long through, CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, after, through, MaxFrameEvents, CommittedBatch.MaxBytes, cancellationToken);

    /// <summary>
    /// Decides whether a viewer can resume from the cursor: it must have seen this history as its audience sees it, and must not be too far
    /// back. Reads the store if the tail does not reach back to the cursor. If the store cannot be read, the viewer gets a snapshot, which
    /// needs no store.
    /// </summary>
    public async ValueTask<Resumption> FindResumptionAsync(RoomCursor cursor, Audience audience, CancellationToken cancellationToken)
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
                // Invariant: a viewer resumes in the history that its cursor was compared with.
                if (generation == _generation)
                {
                    var seenBy = new LogPosition(cursor.Sequence, link).FindAudience(cursor);
                    return seenBy == audience ? new Resumption(null, generation, _head.Sequence)
                        : Resumption.Refused(seenBy is null ? SnapshotReasons.Diverged : SnapshotReasons.Audience);
                }
            }
        }
    }

    /// <summary>Returns the place with this sequence. Refuses with <c>invalid</c> a sequence that is ahead of the room.</summary>
    public async ValueTask<LogPosition> FindPositionAsync(long sequence, CancellationToken cancellationToken)
    {
        EventLink? link;
        lock (_lock)
        {
            if (sequence > _head.Sequence)
            {
                throw new HubErrorException(
                    ErrorCodes.Invalid, "The sequence is ahead of the room. Give back the cursor of the last frame or page, or none.");
            }

            link = FindLink_NeedsLock(sequence);
        }

        return new LogPosition(sequence, link ?? await _store.FindLinkAsync(Key, sequence, cancellationToken));
    }

    /// <summary>Refuses with <c>conflict</c> a cursor from another history; its audience may be any.</summary>
    public async ValueTask RequireHistoryAsync(RoomCursor cursor, CancellationToken cancellationToken)
    {
        if (cursor.Sequence > Head || !(await FindPositionAsync(cursor.Sequence, cancellationToken)).IsProvenBy(cursor))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict,
                "The cursor is from another history of this room. Fetch the room's snapshot and go on from its cursor.");
        }
    }

    public bool IsTooFarBehind(long sequence) => Head - sequence > _options.MaxBehindEvents;
}
