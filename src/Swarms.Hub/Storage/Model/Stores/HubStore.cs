using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.Operations;

namespace Swarms.Hub.Storage.Model;

/// <summary>Counts what the database holds, on its own connections, and measures it. Safe from any thread.</summary>
internal sealed class HubStore(HubDatabase database, IOptions<StorageOptions> options) : IHubStore
{
    public long MinFreeBytes => options.Value.MinFreeBytes;

    public Task<(long Rooms, long Members)> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async context =>
        {
            var rooms = context.Rooms.Where(room => room.DeletedAt == null && room.LaneRoomKey == null);
            var members = context.Members.Where(member => !member.HasLeft && rooms.Any(room => room.Key == member.RoomKey));
            return (await rooms.LongCountAsync(cancellationToken), await members.LongCountAsync(cancellationToken));
        });

    public (long Bytes, long? FreeBytes) Measure() => database.Measure();
}
