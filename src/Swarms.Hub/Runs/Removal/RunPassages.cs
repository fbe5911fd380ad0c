using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Translates between a place in a run's text and the chunks that hold it: viewers who got a snapshot know the text and not its chunks.
/// Reads the run's chunks page by page up to the place. Safe from any thread.
/// </summary>
internal sealed class RunPassages(IRoomStore store)
{
    private const int PageEvents = 512;

    /// <summary>Finds the chunks of a place in the text.</summary>
    public async Task<RunPassage> FindAsync(RoomLog log, string runId, int start, int end, CancellationToken cancellationToken)
    {
        if (start < 0 || end <= start)
            throw Invalid("start and end must be a place in the run's text, and end must be behind start.");

        var (place, text) = (0, new StringBuilder());
        (long Sequence, int Offset)? from = null;
        await foreach (var (sequence, content) in ReadAsync(log, runId, cancellationToken))
        {
            if (from is null && start < place + content.Length)
                from = (sequence, start - place);

            Append(text, content, start - place, end - place);
            if (from is { } begin && end <= place + content.Length)
            {
                var passage = new Passage(runId, begin.Sequence, begin.Offset, sequence, end - place);
                return new RunPassage { Passage = passage, Start = start, End = end, Text = text.ToString() };
            }

            place += content.Length;
        }

        throw Invalid($"end is behind the run's text, which has {place} characters so far.");
    }

    /// <summary>Finds the place and the text of a passage.</summary>
    public async Task<RunPassage> ReadAsync(RoomLog log, Passage passage, CancellationToken cancellationToken)
    {
        var (place, text) = (0, new StringBuilder());
        int? start = null;
        await foreach (var (sequence, content) in ReadAsync(log, passage.Run, cancellationToken))
        {
            if (sequence == passage.From && passage.FromOffset < content.Length)
                start = place + passage.FromOffset;

            if (start is { } begin)
                Append(text, content, begin - place, sequence == passage.To ? passage.ToOffset : content.Length);

            if (sequence >= passage.To)
            {
                var end = place + passage.ToOffset;
                return start is { } first && sequence == passage.To && passage.ToOffset <= content.Length && end > first
                    ? new RunPassage { Passage = passage, Start = first, End = end, Text = text.ToString() }
                    : throw NotFound();
            }

            place += content.Length;
        }

        throw NotFound();
    }

    private async IAsyncEnumerable<(long Sequence, string Content)> ReadAsync(
        RoomLog log, string runId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await store.ReadChunksAsync(log.Key, runId, after, PageEvents, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var chunk in page)
            {
                if (ErasedPayload.Read(chunk.Data) is not null)
                    throw new HubErrorException(ErrorCodes.Conflict, "The run was removed, and its text is gone.");

                yield return (chunk.Sequence, ChunkPayload.Read(chunk.Data).Content);
            }

            if (page.Count < PageEvents)
                break;

            after = page[^1].Sequence;
        }
    }

    private static void Append(StringBuilder text, string content, int from, int to)
    {
        from = Math.Clamp(from, 0, content.Length);
        to = Math.Clamp(to, from, content.Length);
        text.Append(content, from, Math.Min(to - from, RunPassage.MaxTextLength - text.Length));
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);

    private static HubErrorException NotFound() => new(ErrorCodes.NotFound, "There is no such passage in this room.");
}
