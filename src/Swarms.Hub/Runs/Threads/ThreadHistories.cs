using System.Text;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Composes the history of a run whose turn has come: earlier turns and included messages as they stand at that moment. Nothing that was
/// removed meanwhile is in it. Safe from any thread; at most <see cref="RunOptions.MaxParallel"/> runs have their turn at one time.
/// </summary>
internal sealed class ThreadHistories(ThreadTurns turns, IncludedMessages messages, IOptions<ThreadOptions> options)
{
    /// <summary>
    /// Returns the body to send, and the figures of its history; null for a run without one. Fails with an <see cref="UpstreamException"/>
    /// if the store cannot be read, so that the run ends.
    /// </summary>
    public async Task<(ReadOnlyMemory<byte> Body, RunHistory? History)> ComposeAsync(ActiveRun run)
    {
        if (run.Thread is not { } thread || (thread.Continues is null && thread.Include is null))
            return (run.Request.Body, null);

        try
        {
            return await ComposeAsync(run, thread, run.Stopped);
        }
        catch (HubErrorException e)
        {
            throw new UpstreamException(e.Code, "The earlier turns could not be read, so nothing was sent. Start the run again.");
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, RunHistory? History)> ComposeAsync(
        ActiveRun run, RunThread thread, CancellationToken cancellationToken)
    {
        var left = (long)options.Value.MaxBytes;
        var sent = new List<ThreadTurn>();
        // The run to continue comes first, then the messages that somebody chose. Older turns have the rest.
        var next = await AddTurnAsync(run.Log, thread.Continues);
        var (texts, total) = thread.Include is { } include
            ? await messages.ReadAsync(run.Log, include, run.Request.Origin?.Message, cancellationToken)
            : ([], 0);
        var fitting = TakeNewest(texts, ref left);
        while (next is not null && sent.Count < options.Value.MaxTurns)
            next = await AddTurnAsync(run.Log, next);

        var entries = Entries(sent, fitting);
        var history = new RunHistory(
            sent.Count, Math.Max(0, thread.Turn - 1 - sent.Count), fitting.Count, total - fitting.Count,
            (int)(options.Value.MaxBytes - left));
        return (entries.Count == 0 ? run.Request.Body : HistoryBody.Insert(run.Request, entries), history);

        // Returns the run before this one; null where the history ends.
        async Task<string?> AddTurnAsync(RoomLog log, string? id)
        {
            if (id is null || await turns.FindAsync(log, id, left, cancellationToken) is not { } turn)
                return null;

            if (!turn.IsRemoved)
            {
                // A history with a hole in it would mislead, so it ends before the first turn that is too long.
                if (turn.Bytes > left)
                    return null;

                left -= turn.Bytes;
                sent.Add(turn);
            }

            return turn.Run.Thread?.Continues;
        }
    }

    private static List<string> TakeNewest(IReadOnlyList<string> texts, ref long left)
    {
        var first = texts.Count;
        while (first > 0 && Encoding.UTF8.GetByteCount(texts[first - 1]) is var bytes && bytes <= left)
        {
            left -= bytes;
            first--;
        }

        return [.. texts.Skip(first)];
    }

    private static List<HistoryEntry> Entries(List<ThreadTurn> newestFirst, List<string> messages)
    {
        var entries = new List<HistoryEntry>();
        foreach (var turn in Enumerable.Reverse(newestFirst))
        {
            if (turn.Task is { } task)
                entries.Add(new HistoryEntry(HistoryEntry.User, task));

            if (turn.Text is { } text)
                entries.Add(new HistoryEntry(HistoryEntry.Assistant, text));
        }

        entries.AddRange(messages.Select(message => new HistoryEntry(HistoryEntry.User, message)));
        return entries;
    }
}
