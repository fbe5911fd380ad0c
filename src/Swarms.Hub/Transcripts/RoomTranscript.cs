using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Reads a room's history for people: its messages and runs, in the order of the log. Reads page by page and holds at most one run's
/// text at a time, so a room of a million events costs only its messages and runs. Safe from any thread.
/// </summary>
internal sealed class RoomTranscript(IRoomStore store)
{
    private const int PageEvents = 200;

    public async IAsyncEnumerable<TranscriptEntry> ReadAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new TranscriptNames();
        await using var runs = ReadRunsAsync(log, through, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasRun = await runs.MoveNextAsync();
        await foreach (var said in ReadPeopleAsync(log, through, cancellationToken))
        {
            for (; hasRun && runs.Current.FirstSequence < said.Sequence; hasRun = await runs.MoveNextAsync())
                yield return new TranscriptEntry.Ran(runs.Current.Run, names.Of(runs.Current.Run.By));

            names.Learn(said);
            if (said.Type == EventTypes.Message)
                yield return new TranscriptEntry.Said(said.At, MessagePayload.Read(said.Data).Text, names.Of(said.By));
        }

        for (; hasRun; hasRun = await runs.MoveNextAsync())
            yield return new TranscriptEntry.Ran(runs.Current.Run, names.Of(runs.Current.Run.By));
    }

    /// <summary>Reads the events that belong to no run, in order.</summary>
    public async IAsyncEnumerable<RoomEvent> ReadPeopleAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await store.ReadPeopleAsync(log.Key, after, through, PageEvents, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var said in page)
                yield return said;

            after = page[^1].Sequence;
        }
    }

    /// <summary>Reads the runs with their texts, in order of <c>run.queued</c>.</summary>
    public async IAsyncEnumerable<QueuedRun> ReadRunsAsync(
        RoomLog log, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (await store.FindNextRunAsync(log.Key, last, cancellationToken) is { } found && found.FirstSequence <= through)
        {
            last = found.FirstSequence;
            // The text of an open run is only in memory.
            yield return found.Run.Text is null && log.Query(state => state.FindRun(found.Run.Id)?.ToRun()) is { Text: not null } live
                ? found with { Run = live }
                : found;
        }
    }

    /// <summary>Returns a member's name; for a former member, its last name.</summary>
    public async Task<string> FindNameAsync(RoomLog log, string? memberId, CancellationToken cancellationToken)
    {
        if (log.Query(state => state.FindMember(memberId)) is { } member)
            return member.Name;

        var names = new TranscriptNames();
        await foreach (var said in ReadPeopleAsync(log, log.Head, cancellationToken))
            names.Learn(said);

        return names.Of(memberId);
    }
}
