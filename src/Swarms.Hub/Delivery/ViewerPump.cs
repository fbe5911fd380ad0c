using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// Moves one room's log to one viewer. Owns the viewer's position and nothing else; its loop is the connection's own, so a viewer
/// that does not read stops its own pump, costs one batch, and delays nobody. Hands over each event once, in order, without a
/// gap; a viewer too far behind gets a snapshot in place of history, and so does one whose room was loaded anew. The twin of <see cref="Runs.RunPump"/>, which writes the log
/// that this one reads. Next: <see cref="Hubs.ViewerStreams"/> and <see cref="RoomEventsApi"/>, which write the frames.
/// </summary>
internal sealed class ViewerPump(RoomLog log, HubMetrics metrics)
{
    /// <summary>The viewer's frames, beginning with a snapshot or resumed; ends only by an exception or with the caller's token.</summary>
    public async IAsyncEnumerable<ViewerFrame> ReadAsync(ViewerStart from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = new RoomSignal();
        using var subscription = log.Readers.Subscribe(signal);
        // Registered once for the viewer's life: a wait that watches the token itself would cost more than the frame it waits for.
        await using var cancelled = cancellationToken.UnsafeRegister(static waiting => ((RoomSignal)waiting!).Set(), signal);

        var (frame, generation) = await BeginAsync(from, cancellationToken);
        var position = frame.Sequence;
        var isStorageAvailable = true;
        yield return frame;

        while (true)
        {
            signal.Reset();
            cancellationToken.ThrowIfCancellationRequested();
            var read = log.ReadTail(position);
            if (read.Generation != generation)
            {
                // What the viewer holds is of a history that is gone.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                (frame, generation) = Snapshot(SnapshotReasons.Diverged);
            }
            else if (read.Batches.Count > 0)
            {
                frame = ToFrame(read.Batches);
                metrics.Delivered((int)(read.Batches[^1].LastSequence - position));
            }
            else if (!read.IsBehind && isStorageAvailable != log.IsStorageAvailable)
            {
                // After what was stored, so that who is told of the storage has everything that it stored.
                isStorageAvailable = !isStorageAvailable;
                frame = ToStorageFrame(frame, isStorageAvailable);
            }
            else if (!read.IsBehind)
            {
                await signal.WaitAsync();
                continue;
            }
            else
            {
                // Encoding a snapshot and reading the store take milliseconds, which those behind this viewer in the pass must not pay.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                if (log.IsTooFarBehind(position))
                    (frame, generation) = Snapshot(SnapshotReasons.Behind);
                else if (await log.ReadFrameAsync(position, read.Head, cancellationToken) is var page && log.Generation != read.Generation)
                    continue;
                else if (page?.FirstSequence == position + 1)
                    frame = CatchUp(page);
                else
                    (frame, generation) = RefuseGap();
            }

            position = frame.Sequence;
            yield return frame;
        }
    }

    private async ValueTask<(ViewerFrame Frame, int Generation)> BeginAsync(ViewerStart from, CancellationToken cancellationToken)
    {
        var reason = SnapshotReasons.First;
        if (await FindCursorAsync(from, cancellationToken) is { } cursor)
        {
            var resumption = await log.FindResumptionAsync(cursor, cancellationToken);
            if (resumption.SnapshotReason is null)
                return (Resume(cursor.ToString(), cursor.Sequence, resumption.Head), resumption.Generation);

            reason = resumption.SnapshotReason;
        }
        else if (from.Sequence is { } sequence)
        {
            // Before the room's chain begins there is nothing to compare.
            var generation = log.Generation;
            return log.IsTooFarBehind(sequence) ? Snapshot(SnapshotReasons.Behind) : (Resume($"{sequence}", sequence, log.Head), generation);
        }

        return Snapshot(reason);
    }

    // A plain sequence stands for the cursor that the history has there now.
    private async ValueTask<RoomCursor?> FindCursorAsync(ViewerStart from, CancellationToken cancellationToken) =>
        from.Sequence is { } sequence && (await log.FindPositionAsync(sequence, cancellationToken)).ToString() is var text && RoomCursor.TryParse(text, out var cursor) ? cursor : from.Cursor;

    private ViewerFrame Resume(string cursor, long sequence, long head)
    {
        metrics.Resumed();
        var resumed = new RoomFrame { Kind = FrameKinds.Resumed, Cursor = cursor, Head = head };
        return new ViewerFrame(resumed.Kind, resumed.Cursor, sequence, Encode(resumed), []);
    }

    private (ViewerFrame Frame, int Generation) Snapshot(string reason)
    {
        metrics.SnapshotSent(reason);
        var snapshot = log.ToSnapshot(reason);
        return (new(FrameKinds.Snapshot, snapshot.Cursor, snapshot.Sequence, snapshot.Json, []), snapshot.Generation);
    }

    // History, then live, by an exact bound: the head that the tail was asked at. What is committed meanwhile is in the tail, or
    // is the next page. Viewer_Joining_Mid_Run_Receives_History_Then_Live_Without_Gap_Or_Repeat is its test.
    private ViewerFrame CatchUp(CommittedBatch page)
    {
        metrics.CaughtUp(page.Events.Count);
        return ToFrame([page]);
    }

    // Invariant: the store has what the head says, unless somebody else took it away. A gap there must not become one at the viewer.
    private (ViewerFrame Frame, int Generation) RefuseGap() => log.IsDeleted
        ? throw new HubErrorException(ErrorCodes.NotFound, "The room was deleted.")
        : Snapshot(SnapshotReasons.Diverged);

    private static ViewerFrame ToFrame(IReadOnlyList<CommittedBatch> batches) => new(
        FrameKinds.Events, batches[^1].Cursor, batches[^1].LastSequence, batches is [var only] ? only.Frame : default(ReadOnlyMemory<byte>?), batches);

    private static ViewerFrame ToStorageFrame(ViewerFrame last, bool isAvailable) => new(
        FrameKinds.Storage, last.Cursor, last.Sequence, Encode(new RoomFrame { Kind = FrameKinds.Storage, Cursor = last.Cursor, IsAvailable = isAvailable }), []);

    private static byte[] Encode(RoomFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ProtocolJson.Options);
}
