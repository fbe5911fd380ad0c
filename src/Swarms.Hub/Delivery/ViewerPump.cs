using System.Runtime.CompilerServices;
using System.Text.Json;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// Moves one room's log to one viewer, in the loop of the viewer's connection. A viewer that does not read stops only its own pump, at the
/// cost of one batch. Each event comes once, in order, without a gap. A viewer too far behind, of a reloaded room or of another audience
/// than before gets a snapshot instead of events. Its twin <see cref="Runs.RunPump"/> writes the log. Next: <see cref="ViewerSession"/>.
/// </summary>
/// <param name="log">The room's log.</param>
/// <param name="view">The part of the log that the viewer sees.</param>
/// <param name="metrics">The metrics that count the frames.</param>
/// <param name="progress">The progress that the frames make.</param>
internal sealed class ViewerPump(RoomLog log, ViewerView view, HubMetrics metrics, ViewerProgress? progress = null)
{
    // Measuring each frame would cost more than handing it over.
    private const int MeasuredFrames = 32;

    private int _frames;
    private Audience _audience;
    private int _audienceVersion;

    /// <summary>The pump of a member; null stands for the hub itself, which sees everything.</summary>
    public ViewerPump(RoomLog log, string? memberId, HubMetrics metrics, ViewerProgress? progress = null)
        : this(log, new MemberView(log, memberId), metrics, progress)
    {
    }

    /// <summary>Reads the viewer's frames, first a snapshot or resumed. Ends only by an exception or the caller's token.</summary>
    public async IAsyncEnumerable<ViewerFrame> ReadAsync(ViewerStart from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = new RoomSignal();
        using var subscription = log.Readers.Subscribe(signal);
        // One registration serves all waits of the viewer. A registration for each wait would cost more than the frame.
        await using var cancelled = cancellationToken.UnsafeRegister(static waiting => ((RoomSignal)waiting!).Set(), signal);

        var (frame, generation) = await BeginAsync(from, cancellationToken);
        var position = frame.Sequence;
        var isStorageAvailable = true;
        progress?.Reached(position);
        yield return frame;

        var publishedAt = 0L;
        while (true)
        {
            signal.Took(position);
            metrics.Took(publishedAt);
            publishedAt = 0;
            signal.Reset();
            cancellationToken.ThrowIfCancellationRequested();
            var read = log.ReadTail(position);
            if (read.Generation != generation)
            {
                // The viewer's position is in a replaced history.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                (frame, generation) = await SnapshotAsync(SnapshotReasons.Diverged, cancellationToken);
            }
            else if (read.AudienceVersion != _audienceVersion && HasAnotherAudience())
            {
                // The batches that were read may hold events after the change, and the viewer keeps events from before it. It gets neither.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                (frame, generation) = await SnapshotAsync(SnapshotReasons.Audience, cancellationToken);
            }
            else if (read.Batches.Count > 0)
            {
                var events = (int)(read.Batches[^1].LastSequence - position);
                position = read.Batches[^1].LastSequence;
                (var shown, generation) = await ShowAsync(read.Batches, generation, cancellationToken);
                if (shown is null)
                {
                    progress?.Reached(position);
                    continue;
                }

                frame = shown;
                metrics.Delivered(events);
                if (_frames++ % MeasuredFrames == 0)
                    publishedAt = read.Batches[0].PublishedAt;
            }
            else if (!read.IsBehind && isStorageAvailable != log.IsStorageAvailable)
            {
                // The news of the storage comes after all stored events.
                isStorageAvailable = !isStorageAvailable;
                frame = ToStorageFrame(frame.Cursor, position, isStorageAvailable);
            }
            else if (!read.IsBehind)
            {
                progress?.CaughtUp();
                await signal.WaitAsync();
                continue;
            }
            else
            {
                // Encoding a snapshot or reading the store takes milliseconds, and the next viewers of the pass must not wait for it.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                if (log.IsTooFarBehind(position))
                    (frame, generation) = await SnapshotAsync(SnapshotReasons.Behind, cancellationToken);
                else if (await log.ReadFrameAsync(position, read.Head, cancellationToken) is var page && HasChangedSince(read))
                    continue;
                else if (page?.FirstSequence != position + 1)
                    (frame, generation) = await RefuseGapAsync(cancellationToken);
                else
                {
                    // History ends and live events begin at an exact bound, the head at the time of the tail's read. Later events are in
                    // the tail or in the next page. Viewer_Joining_Mid_Run_Receives_History_Then_Live_Without_Gap_Or_Repeat tests it.
                    metrics.CaughtUp(page.Events.Count);
                    position = page.LastSequence;
                    (var shown, generation) = await ShowAsync([page], generation, cancellationToken);
                    if (shown is null)
                    {
                        progress?.Reached(position);
                        continue;
                    }

                    frame = shown;
                }
            }

            position = frame.Sequence;
            progress?.Reached(position);
            yield return frame;
        }
    }

    // True if the viewer must begin anew. The newest audience is asked, so it may be newer than the read; then the next read agrees.
    private bool HasAnotherAudience()
    {
        var before = _audience;
        LearnAudience();
        return _audience != before;
    }

    private void LearnAudience()
    {
        // The version is read first: a change in between is then seen by the next read.
        _audienceVersion = log.AudienceVersion;
        _audience = view.FindAudience();
    }

    private bool HasChangedSince(TailRead read) => log.Generation != read.Generation || log.AudienceVersion != read.AudienceVersion;

    private async ValueTask<(ViewerFrame Frame, int Generation)> BeginAsync(ViewerStart from, CancellationToken cancellationToken)
    {
        var reason = SnapshotReasons.First;
        LearnAudience();
        if (from is not { Cursor: null, Sequence: null } && !await view.MayResumeAsync(cancellationToken))
            return await SnapshotAsync(SnapshotReasons.Audience, cancellationToken);

        if (await FindCursorAsync(from, cancellationToken) is { } cursor)
        {
            var resumption = await log.FindResumptionAsync(cursor, _audience, cancellationToken);
            if (resumption.SnapshotReason is null)
                return (Resume(cursor.ToString(), cursor.Sequence, resumption.Head), resumption.Generation);

            reason = resumption.SnapshotReason;
        }
        else if (from.Sequence is { } sequence)
        {
            // Events older than the room's chain have no links to compare.
            var generation = log.Generation;
            return log.IsTooFarBehind(sequence)
                ? await SnapshotAsync(SnapshotReasons.Behind, cancellationToken)
                : (Resume($"{sequence}", sequence, log.Head), generation);
        }

        return await SnapshotAsync(reason, cancellationToken);
    }

    // A plain sequence stands for the cursor of the present history at that sequence.
    private async ValueTask<RoomCursor?> FindCursorAsync(ViewerStart from, CancellationToken cancellationToken)
    {
        if (from.Sequence is not { } sequence)
            return from.Cursor;

        var position = await log.FindPositionAsync(sequence, cancellationToken);
        return RoomCursor.TryParse(position.ToString(_audience), out var cursor) ? cursor : from.Cursor;
    }

    private ViewerFrame Resume(string cursor, long sequence, long head)
    {
        metrics.Resumed();
        // A viewer that is not shown every event could wait for the head for ever.
        var resumed = new RoomFrame { Kind = FrameKinds.Resumed, Cursor = cursor, Head = view.ShowsEveryEvent ? head : null };
        return new ViewerFrame(resumed.Kind, resumed.Cursor, sequence, Encode(resumed), []);
    }

    private async ValueTask<(ViewerFrame Frame, int Generation)> SnapshotAsync(string reason, CancellationToken cancellationToken)
    {
        metrics.SnapshotSent(reason);
        var snapshot = await view.ToSnapshotAsync(reason, cancellationToken);
        (_audience, _audienceVersion) = (snapshot.Audience, snapshot.AudienceVersion);
        return (new(FrameKinds.Snapshot, snapshot.Cursor, snapshot.Sequence, snapshot.Json, []), snapshot.Generation);
    }

    // The frame is null where the viewer is shown none of the events: they move its place alone.
    private async ValueTask<(ViewerFrame? Frame, int Generation)> ShowAsync(
        IReadOnlyList<CommittedBatch> read, int generation, CancellationToken cancellationToken)
    {
        if (view.Show(read, _audience) is not { } batches)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return await SnapshotAsync(SnapshotReasons.Audience, cancellationToken);
        }

        return (batches.Count == 0 ? null : ToFrame(batches, read[^1].LastSequence), generation);
    }

    // Invariant: the store has all events up to the head unless another program removed them. A gap there must not reach the viewer.
    private ValueTask<(ViewerFrame Frame, int Generation)> RefuseGapAsync(CancellationToken cancellationToken) => log.IsDeleted
        ? throw new HubErrorException(ErrorCodes.NotFound, "The room was deleted.")
        : SnapshotAsync(SnapshotReasons.Diverged, cancellationToken);

    private static ViewerFrame ToFrame(IReadOnlyList<CommittedBatch> batches, long through) => new(
        FrameKinds.Events, batches[^1].Cursor, through, batches is [var only] ? only.Frame : default(ReadOnlyMemory<byte>?), batches);

    private static ViewerFrame ToStorageFrame(string cursor, long sequence, bool isAvailable)
    {
        var storage = new RoomFrame { Kind = FrameKinds.Storage, Cursor = cursor, IsAvailable = isAvailable };
        return new ViewerFrame(storage.Kind, storage.Cursor, sequence, Encode(storage), []);
    }

    private static byte[] Encode(RoomFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ProtocolJson.Options);
}
