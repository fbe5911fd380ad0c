using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Reads messages as they stand: an edited one with its present text, a removed one without any, and the reactions that were not taken
/// back. Safe from any thread.
/// </summary>
internal static class MessageReader
{
    // A member may react twenty times, and a room may have ten thousand members.
    private const int MaxReactions = 10_000;

    /// <summary>Returns the newest <paramref name="limit"/> of these events that are messages, in sequence order.</summary>
    public static async Task<IReadOnlyList<Message>> ReadAsync(
        HubDbContext context, IQueryable<EventRow> events, int limit, CancellationToken cancellationToken)
    {
        var rows = await events.Where(e => e.Run == null && e.Type == EventTypes.Message)
            .OrderByDescending(e => e.Sequence).Take(limit).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return [];

        rows.Reverse();
        var roomKey = rows[0].RoomKey;
        var said = rows.ConvertAll(row => (Row: row, Data: JsonElement.Parse(row.Data)));
        var erasedBy = said.Select(one => ErasedPayload.Read(one.Data)?.Erased).OfType<long>().ToList();
        var changes = await context.Events.Where(e => e.RoomKey == roomKey && erasedBy.Contains(e.Sequence))
            .ToDictionaryAsync(e => e.Sequence, cancellationToken);
        var reactions = await ReadReactionsAsync(context, roomKey, rows.ConvertAll(row => row.Sequence), cancellationToken);
        return said.ConvertAll(one =>
        {
            var change = ErasedPayload.Read(one.Data) is { } erased ? changes.GetValueOrDefault(erased.Erased) : null;
            return ToMessage(one.Row, one.Data, change, [.. reactions[one.Row.Sequence]]);
        });
    }

    private static async Task<ILookup<long, MessageReaction>> ReadReactionsAsync(
        HubDbContext context, long roomKey, List<long> targets, CancellationToken cancellationToken)
    {
        var given = await context.Reactions
            .Where(r => r.RoomKey == roomKey && targets.Contains(r.Target))
            .OrderBy(r => r.Sequence).Take(MaxReactions)
            .ToListAsync(cancellationToken);
        return given.GroupBy(r => (r.Target, r.Emoji))
            .ToLookup(group => group.Key.Target, group => new MessageReaction
            {
                Emoji = group.Key.Emoji,
                By = [.. group.Select(r => r.MemberId)],
            });
    }

    private static Message ToMessage(EventRow row, JsonElement data, EventRow? change, IReadOnlyList<MessageReaction> reactions)
    {
        var (text, replyTo, quote) = MessagePayload.Read(data);
        var message = new Message { Sequence = row.Sequence, At = row.At, By = row.By ?? "", Text = text };
        return change switch
        {
            null => message with { ReplyTo = replyTo, Quote = quote, Reactions = reactions },
            { Type: EventTypes.MessageEdited } => message with
            {
                Text = MessageEditedPayload.Read(JsonElement.Parse(change.Data)).Text,
                ReplyTo = replyTo,
                Quote = quote,
                Reactions = reactions,
                EditedAt = change.At,
            },
            _ => message with { RemovedBy = change.By, RemovedAt = change.At },
        };
    }
}
