using System.Text;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Appends people's messages, reactions and hands. Safe from any thread. Next: <see cref="IRoomDirectory"/>.</summary>
internal sealed class RoomMessages(IRoomDirectory rooms, CallRates rates, TimeProvider time)
{
    public async Task<long> SayAsync(RoomCaller caller, string? text, CancellationToken cancellationToken)
    {
        var message = new MessagePayload(Texts.Require(text, "text", Texts.MaxMessage));
        rates.CountText(caller.Member.Id, Encoding.UTF8.GetByteCount(message.Text));
        return await AppendAsync(caller, EventTypes.Message, message, cancellationToken);
    }

    /// <param name="caller">The member who reacts.</param>
    /// <param name="target">The event's sequence.</param>
    /// <param name="emoji">The emoji.</param>
    /// <param name="seenAt">
    /// A cursor of the history in which the caller saw the event; another history is refused with <c>conflict</c>. Null skips the check.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the reaction may be stored nevertheless.</param>
    public async Task ReactAsync(RoomCaller caller, long target, string? emoji, string? seenAt, CancellationToken cancellationToken)
    {
        emoji = NameText.Require(emoji, "emoji", Texts.MaxEmoji);
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

        if (target < 1 || target > lease.Log.Head)
            throw new HubErrorException(ErrorCodes.NotFound, "There is no event with that sequence to react to.");

        var added = new AddReaction(caller.Member.Id, target, emoji);
        await AppendOnceAsync(caller, EventTypes.Reaction, new ReactionPayload(emoji, target), added, cancellationToken);
    }

    public Task SetHandAsync(RoomCaller caller, bool isRaised, CancellationToken cancellationToken) => AppendOnceAsync(
        caller,
        isRaised ? EventTypes.HandRaised : EventTypes.HandLowered,
        new HandPayload(),
        new MemberChange.SetHand(caller.Member.Id, isRaised),
        cancellationToken);

    // The commit finds a repeated reaction or hand and refuses it, even if two come at once. That is no error for the caller.
    private async Task AppendOnceAsync<T>(RoomCaller caller, string type, T data, RoomChange change, CancellationToken cancellationToken)
    {
        try
        {
            await AppendAsync(caller, type, data, cancellationToken, change);
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.Conflict)
        {
        }
    }

    private Task<long> AppendAsync<T>(
        RoomCaller caller, string type, T data, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes) =>
        rooms.AppendAsync(
            caller.RoomId, [PendingEvent.Create(time.GetUtcNow(), type, caller.Member.Id, data)], cancellationToken, changes);
}
