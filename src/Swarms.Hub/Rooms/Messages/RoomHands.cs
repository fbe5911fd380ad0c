using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Raises and lowers hands. Safe from any thread. Next: <see cref="IRoomDirectory"/>.</summary>
internal sealed class RoomHands(IRoomDirectory rooms, TimeProvider time)
{
    // Each try loses against somebody whose hand went down at the same moment.
    private const int MaxTries = 10;

    /// <summary>Sets the caller's own hand. Appends nothing if it is there already.</summary>
    public Task SetAsync(RoomCaller caller, bool isRaised, CancellationToken cancellationToken) => SetAsync(
        caller, caller.Member.Id, isRaised ? EventTypes.HandRaised : EventTypes.HandLowered, cancellationToken);

    /// <summary>Lowers a member's hand, for which it takes a host unless it is the caller's own.</summary>
    public Task LowerAsync(RoomCaller caller, string? memberId, CancellationToken cancellationToken)
    {
        if (memberId != caller.Member.Id && !caller.IsHost)
            throw new HubErrorException(ErrorCodes.Forbidden, "Only a host lowers other people's hands.");

        return SetAsync(caller, memberId ?? "", EventTypes.HandLowered, cancellationToken);
    }

    /// <summary>Lowers all hands in one commit. The caller must be a host.</summary>
    public async Task LowerAllAsync(RoomCaller caller, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            var raised = lease.Log.Query(state => state.Members.Where(member => member.HandRaised).Select(member => member.Id).ToList());
            if (raised.Count == 0)
                return;

            var now = time.GetUtcNow();
            try
            {
                await rooms.AppendAsync(
                    caller.RoomId,
                    raised.ConvertAll(member => Event(caller, member, EventTypes.HandLowered, now)),
                    cancellationToken,
                    raised.ConvertAll<RoomChange>(member => new MemberChange.SetHand(member, false, caller.Member.Id)));
                return;
            }
            catch (HubErrorException e) when (tries < MaxTries && (e.ChangesNothing || e.Code == ErrorCodes.NotFound))
            {
                // A member lowered its hand, or left.
            }
        }
    }

    private async Task SetAsync(RoomCaller caller, string memberId, string type, CancellationToken cancellationToken)
    {
        var change = new MemberChange.SetHand(memberId, type == EventTypes.HandRaised, caller.Member.Id);
        try
        {
            await rooms.AppendAsync(caller.RoomId, [Event(caller, memberId, type, time.GetUtcNow())], cancellationToken, change);
        }
        catch (HubErrorException e) when (e.ChangesNothing)
        {
            // The hand is there already.
        }
    }

    private static PendingEvent Event(RoomCaller caller, string memberId, string type, DateTimeOffset at) => PendingEvent.Create(
        at, type, caller.Member.Id, new HandPayload(memberId == caller.Member.Id ? null : memberId));
}
