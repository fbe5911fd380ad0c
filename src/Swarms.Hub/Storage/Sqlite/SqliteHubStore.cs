using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.Operations;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Counts what the file holds, on its own connections, and measures it with its write-ahead log. Safe from any thread.</summary>
internal sealed class SqliteHubStore(SqliteDatabase database, IOptions<StorageOptions> options) : IHubStore
{
    public long MinFreeBytes => options.Value.MinFreeBytes;

    public Task<(long Rooms, long Members)> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(async context =>
        {
            var rooms = context.Rooms.Where(room => room.DeletedAt == null && room.LaneRoomKey == null);
            var members = context.Members.Where(member => !member.HasLeft && rooms.Any(room => room.Key == member.RoomKey));
            return (await rooms.LongCountAsync(cancellationToken), await members.LongCountAsync(cancellationToken));
        });

    public (long Bytes, long? FreeBytes) Measure() =>
        (Length(database.Path) + Length(database.Path + "-wal"), DiskFloor.FindFree(database.Path));

    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
