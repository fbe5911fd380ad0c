using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Reads a room's history for people: its messages and runs, in the order of the log. Reads page by page and holds at most one run's
/// text at a time, so a room of a million events costs only its messages and runs. Safe from any thread.
/// </summary>
internal sealed class RoomTranscript(IRoomStore store, TranscriptPace pace)
{
    private const int PageEvents = 200;

    public async IAsyncEnumerable<TranscriptEntry> ReadAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new TranscriptNames();
        TranscriptNames? laterNames = null;
        await using var runs = ReadRunsAsync(log, through, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasRun = await runs.MoveNextAsync();
        await foreach (var said in ReadPeopleAsync(log, through, cancellationToken))
        {
            for (; hasRun && runs.Current.FirstSequence < said.Sequence; hasRun = await runs.MoveNextAsync())
                yield return await RanAsync(runs.Current.Run);

            names.Learn(said);
            if (said.Type == EventTypes.Message)
            {
                yield return new TranscriptEntry.Said(
                    said.Sequence, said.At, MessagePayload.Read(said.Data).Text, names.Of(said.By));
            }
            else if (said.Type == EventTypes.Reaction && ReactionPayload.Read(said.Data) is var (emoji, target))
            {
                yield return new TranscriptEntry.Reacted(said.At, emoji, target, names.Of(said.By));
            }
        }

        for (; hasRun; hasRun = await runs.MoveNextAsync())
            yield return await RanAsync(runs.Current.Run);

        async ValueTask<TranscriptEntry> RanAsync(Run run)
        {
            // A member who cancelled may have joined after the run was asked for. The whole log is read for such names, once.
            if (run.CancelledBy is { } by && names.Find(by) is null)
                laterNames ??= await ReadNamesAsync(log, cancellationToken);

            var cancelledBy = run.CancelledBy is null ? null : names.Find(run.CancelledBy) ?? laterNames!.Of(run.CancelledBy);
            return new TranscriptEntry.Ran(run, names.Of(run.By), cancelledBy);
        }
    }

    /// <summary>Reads the events that belong to no run, in order.</summary>
    public async IAsyncEnumerable<RoomEvent> ReadPeopleAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = pace.Begin();
        var after = 0L;
        while (await store.ReadPeopleAsync(log.Key, after, through, PageEvents, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var said in page)
                yield return said;

            after = page[^1].Sequence;
            await reading.RestAsync(cancellationToken);
        }
    }

    /// <summary>Reads the runs with their texts, in order of <c>run.queued</c>.</summary>
    public async IAsyncEnumerable<QueuedRun> ReadRunsAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = pace.Begin();
        var last = 0L;
        while (await store.FindNextRunAsync(log.Key, last, cancellationToken) is { } found && found.FirstSequence <= through)
        {
            last = found.FirstSequence;
            // The text of an open run is only in memory.
            yield return found.Run.Text is null && log.Query(state => state.FindRun(found.Run.Id)?.ToRun()) is { Text: not null } live
                ? found with { Run = live }
                : found;
            await reading.RestAsync(cancellationToken);
        }
    }

    /// <summary>Returns the run with the names of those who asked for it and cancelled it; for former members, their last names.</summary>
    public async Task<TranscriptEntry> ToEntryAsync(RoomLog log, Run run, CancellationToken cancellationToken)
    {
        var who = await FindNameAsync(log, run.By, cancellationToken);
        return new TranscriptEntry.Ran(
            run, who, run.CancelledBy is null ? null : await FindNameAsync(log, run.CancelledBy, cancellationToken));
    }

    private async Task<string> FindNameAsync(RoomLog log, string? memberId, CancellationToken cancellationToken) =>
        log.Query(state => state.FindName(memberId)) ?? (await ReadNamesAsync(log, cancellationToken)).Of(memberId);

    private async Task<TranscriptNames> ReadNamesAsync(RoomLog log, CancellationToken cancellationToken)
    {
        var names = new TranscriptNames();
        await foreach (var said in ReadPeopleAsync(log, log.Head, cancellationToken))
            names.Learn(said);

        return names;
    }
}
