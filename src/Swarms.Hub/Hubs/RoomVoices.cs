using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Hubs;

/// <summary>What people do in a room besides runs: say, react, raise a hand. Safe from any thread.</summary>
internal sealed class RoomVoices(RoomRegistry rooms, TimeProvider time)
{
    public async Task<long> SayAsync(RoomCaller caller, string? text, CancellationToken cancellationToken) =>
        await AppendAsync(caller, EventTypes.Message, new { text = Texts.Require(text, "text", Texts.MaxMessage) }, cancellationToken);

    public async Task ReactAsync(RoomCaller caller, long target, string? emoji, CancellationToken cancellationToken)
    {
        emoji = Texts.Require(emoji, "emoji", Texts.MaxEmoji);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        if (target < 1 || target > lease.Log.Cursor.Sequence)
            throw new HubErrorException(ErrorCodes.NotFound, "There is no event with that sequence to react to.");

        await AppendOnceAsync(caller, EventTypes.Reaction, new { emoji, target }, new RoomChange.AddReaction(caller.Member.Id, target, emoji), cancellationToken);
    }

    public Task SetHandAsync(RoomCaller caller, bool isRaised, CancellationToken cancellationToken) => AppendOnceAsync(
        caller, isRaised ? EventTypes.HandRaised : EventTypes.HandLowered, new { }, new RoomChange.SetHand(caller.Member.Id, isRaised), cancellationToken);

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

    private async Task<long> AppendAsync<T>(RoomCaller caller, string type, T data, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> changes)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        return await lease.Log.AppendNowAsync([PendingEvent.Create(time.GetUtcNow(), type, null, caller.Member.Id, data)], cancellationToken, changes);
    }
}
