using Swarms.Hub.Rooms;

namespace Swarms.Hub.Access;

/// <summary>Deletes a room: its runs end first, so that no event comes after the last.</summary>
internal sealed class RoomDeletion(RoomRegistry rooms, IEnumerable<IRoomClosing> closings, TimeProvider time)
{
    public async Task DeleteAsync(string roomId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(roomId, cancellationToken);
        // Its runs must not end for a deletion that cannot be stored.
        lease.Log.RequireStorage();
        await CloseAsync(lease.Log, cancellationToken);
        await lease.Log.AppendNowAsync([], cancellationToken, new RoomChange.DeleteRoom(time.GetUtcNow()));
        rooms.Remove(lease.Log);
        // What was started in between has no room any more.
        await CloseAsync(lease.Log, cancellationToken);
    }

    private async Task CloseAsync(RoomLog log, CancellationToken cancellationToken)
    {
        foreach (var closing in closings)
            await closing.RoomClosingAsync(log, cancellationToken);
    }
}
