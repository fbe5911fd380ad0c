using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Messages, reactions and hands: all that people do in a room besides runs. Safe from any thread.</summary>
internal sealed class RoomMessages(IRoomDirectory rooms, TimeProvider time)
{
    public async Task<long> SayAsync(RoomCaller caller, string? text, CancellationToken cancellationToken) =>
        await AppendAsync(caller, EventTypes.Message, new MessagePayload(Texts.Require(text, "text", Texts.MaxMessage)), cancellationToken);

    /// <param name="caller">Who reacts.</param>
    /// <param name="target">The event's sequence.</param>
    /// <param name="emoji">With what.</param>
    /// <param name="seenAt">A cursor that proves which event the sequence was seen to be; refused with <c>conflict</c> in another history. Null: not compared.</param>
    /// <param name="cancellationToken">Stops waiting; the reaction may have been given.</param>
    public async Task ReactAsync(RoomCaller caller, long target, string? emoji, string? seenAt, CancellationToken cancellationToken)
    {
        emoji = Texts.Require(emoji, "emoji", Texts.MaxEmoji);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (LogPosition.ParseCursor(seenAt) is { } cursor)
        {
            if (cursor.Sequence < target)
                throw new HubErrorException(ErrorCodes.Invalid, "The cursor is from before the event. Give the cursor of a frame that holds it, or none.");

            await lease.Log.RequireHistoryAsync(cursor, cancellationToken);
        }

        if (target < 1 || target > lease.Log.Head)
            throw new HubErrorException(ErrorCodes.NotFound, "There is no event with that sequence to react to.");

        await AppendOnceAsync(caller, EventTypes.Reaction, new ReactionPayload(emoji, target), new AddReaction(caller.Member.Id, target, emoji), cancellationToken);
    }

    public Task SetHandAsync(RoomCaller caller, bool isRaised, CancellationToken cancellationToken) => AppendOnceAsync(
        caller, isRaised ? EventTypes.HandRaised : EventTypes.HandLowered, new HandPayload(), new MemberChange.SetHand(caller.Member.Id, isRaised), cancellationToken);

    // Whether it is there already is decided in the commit: of two at once, one is the second.
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
