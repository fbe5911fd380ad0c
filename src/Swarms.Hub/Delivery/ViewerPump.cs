using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Delivery;

/// <summary>
/// Moves one room's log to one viewer. Owns the viewer's position and nothing else; its loop is the connection's own, so a viewer
/// that does not read stops its own pump, costs one batch, and delays nobody. Hands over each event once, in order, without a
/// gap; a viewer too far behind gets a snapshot in place of history. The twin of <see cref="Runs.RunPump"/>, which writes the log
/// that this one reads. Next: <see cref="Hubs.ViewerStreams"/> and <see cref="RoomEventsApi"/>, which write the frames.
/// </summary>
internal sealed class ViewerPump(RoomLog log, HubMetrics metrics)
{
    /// <summary>The viewer's frames, beginning with a snapshot or resumed; ends only by an exception or with the caller's token.</summary>
    public async IAsyncEnumerable<ViewerFrame> ReadAsync(RoomCursor? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = new RoomSignal();
        using var subscription = log.Subscribe(signal);
        // Registered once for the viewer's life: a wait that watches the token itself would cost more than the frame it waits for.
        await using var cancelled = cancellationToken.UnsafeRegister(static waiting => ((RoomSignal)waiting!).Set(), signal);

        var frame = Begin(cursor);
        var position = frame.Sequence;
        var isStorageAvailable = true;
        yield return frame;

        while (true)
        {
            signal.Reset();
            cancellationToken.ThrowIfCancellationRequested();
            var read = log.ReadTail(position);
            if (read.Batches.Count > 0)
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
                frame = await CatchUpAsync(position, read.Head, cancellationToken);
            }

            position = frame.Sequence;
            yield return frame;
        }
    }

    private ViewerFrame Begin(RoomCursor? cursor)
    {
        var reason = SnapshotReasons.First;
        if (cursor is { } known && log.CanResume(known, out var head, out reason!))
        {
            metrics.Resumed();
            var resumed = new RoomFrame { Kind = FrameKinds.Resumed, Cursor = known.ToString(), Head = head };
            return new ViewerFrame(resumed.Kind, resumed.Cursor, known.Sequence, Encode(resumed), []);
        }

        metrics.SnapshotSent(reason);
        return ToFrame(log.ToSnapshot(reason));
    }

    // History, then live, by an exact bound: the head that the tail was asked at. What is committed meanwhile is in the tail, or
    // is the next page. Viewer_Joining_Mid_Run_Receives_History_Then_Live_Without_Gap_Or_Repeat is its test.
    private async Task<ViewerFrame> CatchUpAsync(long position, long through, CancellationToken cancellationToken)
    {
        if (log.IsTooFarBehind(position))
        {
            metrics.SnapshotSent(SnapshotReasons.Behind);
            return ToFrame(log.ToSnapshot(SnapshotReasons.Behind));
        }

        var page = await log.ReadFrameAsync(position, through, cancellationToken)
            ?? throw new HubErrorException(ErrorCodes.NotFound, "The room was deleted.");

        // Invariant: the store has what the head says. A gap here would be a gap at the viewer.
        if (page.FirstSequence != position + 1)
            throw new InvalidOperationException($"Room {log.Id} has no event {position + 1}, but {page.FirstSequence}.");

        metrics.CaughtUp(page.Events.Count);
        return ToFrame([page]);
    }

    private static ViewerFrame ToFrame(IReadOnlyList<CommittedBatch> batches) => new(
        FrameKinds.Events, batches[^1].CursorText, batches[^1].LastSequence, batches is [var only] ? only.Frame : default(ReadOnlyMemory<byte>?), batches);

    private static ViewerFrame ToFrame(EncodedSnapshot snapshot) => new(FrameKinds.Snapshot, snapshot.Cursor, snapshot.Sequence, snapshot.Json, []);

    private static ViewerFrame ToStorageFrame(ViewerFrame last, bool isAvailable) => new(
        FrameKinds.Storage, last.Cursor, last.Sequence, Encode(new RoomFrame { Kind = FrameKinds.Storage, Cursor = last.Cursor, IsAvailable = isAvailable }), []);

    private static byte[] Encode(RoomFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ProtocolJson.Options);
}
