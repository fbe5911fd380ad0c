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
        RoomLog log, string readerId, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new TranscriptNames();
        var acts = new PeopleActs();
        TranscriptNames? laterNames = null;
        await using var runs = ReadRunsAsync(log, readerId, through, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasRun = await runs.MoveNextAsync();
        await foreach (var said in ReadPeopleAsync(log, through, cancellationToken))
        {
            for (; hasRun && runs.Current.FirstSequence < said.Event.Sequence; hasRun = await runs.MoveNextAsync())
                yield return await RanAsync(runs.Current.Run);

            names.Learn(said.Event);
            var who = names.Of(said.Event.By);
            if (said.Message is { } message)
            {
                yield return new TranscriptEntry.Said(message, who, await FindAsync(message.RemovedBy));
            }
            else if (said.IsReaction)
            {
                var (emoji, target, passage) = ReactionPayload.Read(said.Event.Data);
                yield return new TranscriptEntry.Reacted(said.Event.At, emoji, target, passage, who);
            }
            else if (acts.Tell(said.Event, names) is { } acted)
            {
                yield return acted;
            }
        }

        for (; hasRun; hasRun = await runs.MoveNextAsync())
            yield return await RanAsync(runs.Current.Run);

        async ValueTask<TranscriptEntry> RanAsync(Run run) => new TranscriptEntry.Ran(
            run, names.Of(run.By), await PeopleOfAsync(run, FindAsync), await FindAnsweredAsync(log, run, cancellationToken));

        // A member who cancelled or removed something may have joined behind it. The whole log is read for such names, once.
        async ValueTask<string?> FindAsync(string? memberId)
        {
            if (memberId is null)
                return null;

            if (names.Find(memberId) is { } known)
                return known;

            laterNames ??= await ReadNamesAsync(log, cancellationToken);
            return laterNames.Of(memberId);
        }
    }

    /// <summary>Reads the events that belong to no run, in order, with the messages and reactions as they stand.</summary>
    public async IAsyncEnumerable<PeopleEvent> ReadPeopleAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = pace.Begin();
        var after = 0L;
        while (await store.ReadPeopleAsync(log.Key, after, through, PageEvents, cancellationToken) is { Count: > 0 } page)
        {
            var (before, behind) = (page[0].Sequence - 1, page[^1].Sequence + 1);
            IReadOnlyList<Message> messages = page.Any(said => said.Type == EventTypes.Message)
                ? await store.ReadMessagesAsync(log.Key, before, behind, PageEvents, cancellationToken)
                : [];
            var reactions = page.Any(said => said.Type == EventTypes.Reaction)
                ? await store.FindReactionsAsync(log.Key, before, behind, cancellationToken)
                : null;
            var bySequence = messages.ToDictionary(message => message.Sequence);
            foreach (var said in page)
            {
                yield return new PeopleEvent(
                    said, bySequence.GetValueOrDefault(said.Sequence), reactions?.Contains(said.Sequence) == true);
            }

            after = page[^1].Sequence;
            await reading.RestAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Reads the runs with their texts, in order of <c>run.queued</c>: without costs where the reader may not see them at that moment.
    /// </summary>
    public async IAsyncEnumerable<QueuedRun> ReadRunsAsync(
        RoomLog log, string readerId, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = pace.Begin();
        var last = 0L;
        while (await store.FindNextRunAsync(log.Key, last, cancellationToken) is { } found && found.FirstSequence <= through)
        {
            last = found.FirstSequence;
            // The text of an open run is only in memory.
            var run = found.Run.Text is null && log.Query(state => state.FindRun(found.Run.Id)?.ToRun()) is { Text: not null } live
                ? live
                : found.Run;
            yield return found with { Run = log.ShowTo(readerId, run) };
            await reading.RestAsync(cancellationToken);
        }
    }

    /// <summary>Reads all events page by page, each as the reader may see it at that moment.</summary>
    public async IAsyncEnumerable<CommittedBatch> ReadEventsAsync(
        RoomLog log, string readerId, long through, int pageEvents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = pace.Begin();
        var after = 0L;
        while (await log.ReadStoreAsync(after, through, pageEvents, cancellationToken) is { } page)
        {
            after = page.LastSequence;
            // The audience is asked after the read, so no event of the page is newer than it.
            yield return page.For(log.AudienceOf(readerId));
            await reading.RestAsync(cancellationToken);
        }
    }

    /// <summary>Returns the run with the names of those who asked for it and cancelled it; for former members, their last names.</summary>
    public async Task<TranscriptEntry> ToEntryAsync(RoomLog log, Run run, CancellationToken cancellationToken)
    {
        return new TranscriptEntry.Ran(
            run,
            await FindNameAsync(log, run.By, cancellationToken) ?? TranscriptNames.Unknown,
            await PeopleOfAsync(run, async memberId => await FindNameAsync(log, memberId, cancellationToken)),
            await FindAnsweredAsync(log, run, cancellationToken));
    }

    private static async Task<RunPeople> PeopleOfAsync(Run run, Func<string?, ValueTask<string?>> find)
    {
        var supporters = new List<string>();
        foreach (var supporter in run.Supporters ?? [])
            supporters.Add(await find(supporter) ?? TranscriptNames.Unknown);

        return new RunPeople(
            await find(run.CancelledBy), await find(run.RemovedBy ?? run.HiddenBy), await find(run.ApprovedBy), await find(run.DeclinedBy),
            supporters);
    }

    private async Task<Message?> FindAnsweredAsync(RoomLog log, Run run, CancellationToken cancellationToken)
    {
        if (run.Message is not { } sequence)
            return null;

        return await store.ReadMessagesAsync(log.Key, sequence - 1, sequence + 1, 1, cancellationToken) is [var message] ? message : null;
    }

    private async Task<string?> FindNameAsync(RoomLog log, string? memberId, CancellationToken cancellationToken) => memberId is null
        ? null
        : log.Query(state => state.FindName(memberId)) ?? (await ReadNamesAsync(log, cancellationToken)).Of(memberId);

    private async Task<TranscriptNames> ReadNamesAsync(RoomLog log, CancellationToken cancellationToken)
    {
        var names = new TranscriptNames();
        await foreach (var said in ReadPeopleAsync(log, log.Head, cancellationToken))
            names.Learn(said.Event);

        return names;
    }
}
