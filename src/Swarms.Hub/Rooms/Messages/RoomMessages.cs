using System.Text;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Appends people's messages and reactions, and what takes them back. Safe from any thread. The commit decides: it finds a target that was
/// removed at the same moment. Next: <see cref="IRoomDirectory"/>.
/// </summary>
internal sealed class RoomMessages(IRoomDirectory rooms, CallRates rates, TimeProvider time)
{
    public async Task<long> SayAsync(RoomCaller caller, SayRequest say, CancellationToken cancellationToken)
    {
        var text = RequireText(caller, say.Text);
        if (say.ReplyTo is null && say.Quote is null)
            return await AppendAsync(caller, EventTypes.Message, new MessagePayload(text), cancellationToken);

        var latest = Math.Max(say.ReplyTo ?? 0, say.Quote?.To ?? 0);
        await RequireSeenAsync(caller, latest, say.Cursor, cancellationToken);
        return await AppendAsync(
            caller, EventTypes.Message, new MessagePayload(text, say.ReplyTo, say.Quote), cancellationToken,
            new MessageChange.Refer(say.ReplyTo, say.Quote));
    }

    /// <summary>Changes the text of the caller's own message; the earlier one is erased.</summary>
    public async Task EditAsync(RoomCaller caller, long target, EditMessageRequest edit, CancellationToken cancellationToken)
    {
        var text = RequireText(caller, edit.Text);
        await RequireSeenAsync(caller, target, edit.Cursor, cancellationToken);
        await AppendOnceAsync(
            caller, EventTypes.MessageEdited, new MessageEditedPayload(target, text),
            new MessageChange.Edit(target, text, caller.Member.Id), cancellationToken);
    }

    /// <summary>Removes a message, as its author or as a host; its text is erased.</summary>
    public async Task RemoveAsync(RoomCaller caller, long target, string? seenAt, CancellationToken cancellationToken)
    {
        await RequireSeenAsync(caller, target, seenAt, cancellationToken);
        await AppendOnceAsync(
            caller, EventTypes.MessageRemoved, new MessageRemovedPayload(target),
            new MessageChange.Remove(target, caller.Member.Id), cancellationToken);
    }

    public async Task ReactAsync(RoomCaller caller, ReactRequest react, CancellationToken cancellationToken)
    {
        var payload = await RequireReactionAsync(caller, react, cancellationToken);
        await AppendOnceAsync(
            caller, EventTypes.Reaction, payload,
            new AddReaction(caller.Member.Id, payload.Target, payload.Emoji, payload.Passage), cancellationToken);
    }

    /// <summary>Takes the caller's own reaction back.</summary>
    public async Task UnreactAsync(RoomCaller caller, ReactRequest react, CancellationToken cancellationToken)
    {
        var payload = await RequireReactionAsync(caller, react, cancellationToken);
        await AppendOnceAsync(
            caller, EventTypes.ReactionRemoved, payload,
            new RemoveReaction(caller.Member.Id, payload.Target, payload.Emoji, payload.Passage), cancellationToken);
    }

    private string RequireText(RoomCaller caller, string? given)
    {
        var text = Texts.Require(given, "text", Texts.MaxMessage);
        rates.CountText(caller.Member.Id, Encoding.UTF8.GetByteCount(text));
        return text;
    }

    private async Task<ReactionPayload> RequireReactionAsync(RoomCaller caller, ReactRequest react, CancellationToken cancellationToken)
    {
        var emoji = NameText.Require(react.Emoji, "emoji", Texts.MaxEmoji);
        var target = react.Passage?.From ?? react.Target;
        if (react.Passage is not null && react.Target != 0 && react.Target != target)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid, "The target of a passage is its first chunk: give its from, or leave target out.");
        }

        if (await RequireSeenAsync(caller, Math.Max(target, react.Passage?.To ?? 0), react.Cursor, cancellationToken) is var head
            && (target < 1 || target > head))
        {
            throw new HubErrorException(ErrorCodes.NotFound, "There is no event with that sequence to react to.");
        }

        return new ReactionPayload(emoji, target, react.Passage);
    }

    /// <summary>Refuses a target of another history, if the caller says where it saw it. Returns the head.</summary>
    private async Task<long> RequireSeenAsync(RoomCaller caller, long target, string? seenAt, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (LogPosition.ParseCursor(seenAt) is { } cursor)
        {
            if (cursor.Sequence < target)
            {
                throw new HubErrorException(
                    ErrorCodes.Invalid, "The cursor is from before the event. Give the cursor of a frame that holds it, or none.");
            }

            await lease.Log.RequireHistoryAsync(cursor, cancellationToken);
        }

        return lease.Log.Head;
    }

    // The commit finds what changes nothing, such as a repeated reaction, even if two come at once. That is no error for the caller.
    private async Task AppendOnceAsync<T>(RoomCaller caller, string type, T data, RoomChange change, CancellationToken cancellationToken)
    {
        try
        {
            await AppendAsync(caller, type, data, cancellationToken, change);
        }
        catch (HubErrorException e) when (e.ChangesNothing)
        {
        }
    }

    private Task<long> AppendAsync<T>(
        RoomCaller caller, string type, T data, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        rooms.AppendAsync(
            caller.RoomId, [PendingEvent.Create(time.GetUtcNow(), type, caller.Member.Id, data)], cancellationToken, changes);
}
