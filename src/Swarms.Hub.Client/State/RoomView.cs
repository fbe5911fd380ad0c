using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// Folds the frames that the program is handed, and compares every finished run's text with its digest. <see cref="Apply"/> is called by
/// the watch's one loop. The rest may be read from any thread.
/// </summary>
internal sealed class RoomView
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _digests = [];
    private RoomState? _state;
    private RoomSnapshot? _snapshot;
    private string? _cursor;
    private int _mismatches;

    /// <summary>Null before the first snapshot. The same object until the next frame; unchanged runs are shared, not copied.</summary>
    public RoomSnapshot? Snapshot
    {
        get
        {
            lock (_lock)
                return _snapshot ??= _state is null ? null : RoomSnapshot.Of(_state.ToSnapshot("", SnapshotReasons.First));
        }
    }

    public int Mismatches => Volatile.Read(ref _mismatches);

    public bool? DigestOf(string runId)
    {
        lock (_lock)
            return _digests.TryGetValue(runId, out var matches) ? matches : null;
    }

    /// <summary>
    /// The cursor of the last frame, for a call about the event with that sequence; null before the first snapshot, and where the
    /// event came later: of that one the cursor proves nothing.
    /// </summary>
    public string? CursorFor(long sequence)
    {
        lock (_lock)
            return RoomCursor.TryParse(_cursor, out var cursor) && cursor.Sequence < sequence ? null : _cursor;
    }

    /// <summary>Applies a frame; returns the comparisons that this frame made possible.</summary>
    public IReadOnlyList<DigestUpdate> Apply(RoomFrame frame)
    {
        if (frame.Kind == FrameKinds.Resumed)
            return [];

        lock (_lock)
        {
            _snapshot = null;
            _cursor = frame.Cursor;
            if (frame.Kind != FrameKinds.Snapshot)
                return [.. (frame.Events ?? []).Select(ApplyEvent_NeedsLock).OfType<DigestUpdate>()];

            _state = new RoomState(frame);
            return [.. _state.Runs.Select(run => Compare_NeedsLock(run.ToRun())).OfType<DigestUpdate>()];
        }
    }

    private DigestUpdate? ApplyEvent_NeedsLock(RoomEvent roomEvent)
    {
        var run = roomEvent.Type == EventTypes.Done ? _state?.FindRun(roomEvent.Run) : null;
        // A text that outgrows what a room holds is dropped as its run ends: this is the last moment to have it.
        var text = run?.ToRun().Text;
        _state?.Apply(roomEvent);
        return run is null || text is null ? null : Compare_NeedsLock(run.ToRun() with { Text = text });
    }

    private DigestUpdate? Compare_NeedsLock(Run run)
    {
        if (RunDigest.Matches(run) is not { } matches)
            return null;

        var isNews = !matches || !_digests.TryGetValue(run.Id, out var before) || !before;
        _digests[run.Id] = matches;
        if (!matches)
            _mismatches++;

        return isNews ? new DigestUpdate(run, matches) : null;
    }
}
