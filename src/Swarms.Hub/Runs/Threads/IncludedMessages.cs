using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Reads the messages that runs take along, as they stand. Safe from any thread.</summary>
internal sealed class IncludedMessages(IRoomStore store)
{
    /// <summary>The most messages that go along with one run.</summary>
    public const int MaxMessages = 200;

    /// <summary>
    /// Refuses chosen messages that cannot go along: with <c>not_found</c> where the room has no such message, and with <c>conflict</c>
    /// where one was removed.
    /// </summary>
    public async Task RequireAsync(RoomLog log, MessageInclusion include, CancellationToken cancellationToken)
    {
        foreach (var sequence in include.Messages ?? [])
        {
            if (await FindMessageAsync(log, sequence, cancellationToken) is not { } message)
                throw new HubErrorException(ErrorCodes.NotFound, $"There is no message {sequence} in this room.");

            if (message.RemovedAt is not null)
                throw new HubErrorException(ErrorCodes.Conflict, $"Message {sequence} was removed. Leave it out of include.");
        }
    }

    /// <summary>Returns the message as it stands; null if there is none, or it was removed.</summary>
    public async Task<Message?> FindAsync(RoomLog log, long sequence, CancellationToken cancellationToken) =>
        await FindMessageAsync(log, sequence, cancellationToken) is { RemovedAt: null } message ? message : null;

    /// <summary>Returns the texts to send, each behind its author's name, in the order of the room; and the number of all.</summary>
    /// <param name="log">The room's log.</param>
    /// <param name="include">The messages to include.</param>
    /// <param name="task">The message that is the run's own task, which is not sent twice; null without one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<(IReadOnlyList<string> Texts, int Total)> ReadAsync(
        RoomLog log, MessageInclusion include, long? task, CancellationToken cancellationToken)
    {
        var (found, total) = include.Since is { } since
            ? await ReadSinceAsync(log, since, cancellationToken)
            : await ReadChosenAsync(log, include.Messages ?? [], cancellationToken);
        if (found.Any(message => message.Sequence == task))
            total--;

        var sent = found.Where(message => message.RemovedAt is null && message.Sequence != task).ToList();
        var names = log.Query(state => sent.Select(message => message.By).Distinct().ToDictionary(by => by, by => state.FindName(by)));
        return ([.. sent.Select(message => $"{names[message.By] ?? "Somebody"}: {message.Text}")], Math.Max(total, sent.Count));
    }

    private async Task<(IReadOnlyList<Message> Found, int Total)> ReadSinceAsync(
        RoomLog log, long since, CancellationToken cancellationToken)
    {
        var total = await store.CountMessagesAsync(log.Key, since - 1, cancellationToken);
        return (await store.ReadMessagesAsync(log.Key, since - 1, long.MaxValue, MaxMessages, cancellationToken), total);
    }

    private async Task<(IReadOnlyList<Message> Found, int Total)> ReadChosenAsync(
        RoomLog log, IReadOnlyList<long> chosen, CancellationToken cancellationToken)
    {
        var found = new List<Message>();
        foreach (var sequence in chosen)
        {
            if (await FindMessageAsync(log, sequence, cancellationToken) is { } message)
                found.Add(message);
        }

        return (found, chosen.Count);
    }

    private async Task<Message?> FindMessageAsync(RoomLog log, long sequence, CancellationToken cancellationToken) =>
        log.Query(state => state.Messages.FirstOrDefault(message => message.Sequence == sequence))
        ?? (await store.ReadMessagesAsync(log.Key, sequence - 1, sequence + 1, 1, cancellationToken) is [var stored] ? stored : null);
}
