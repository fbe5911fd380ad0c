using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>A database of the version without a table of reactions opens, and knows which were given.</summary>
public sealed class ReactionsMigrationTests
{
    [Fact]
    public async Task Reactions_Of_A_Database_That_Had_No_Table_For_Them_Are_Not_Given_Twice()
    {
        var folder = Directory.CreateTempSubdirectory("swarms-hub-old-");
        try
        {
            var path = Path.Combine(folder.FullName, "hub.db");
            var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={path};Pooling=false").Options;
            await using (var old = new HubDbContext(options))
            {
                var none = TestContext.Current.CancellationToken;
                await old.GetService<IMigrator>().MigrateAsync("20261124041040_Initial", none);
                await old.Database.ExecuteSqlRawAsync("INSERT INTO rooms VALUES (7, 'old', 'Old', 0, NULL)", none);
                await old.Database.ExecuteSqlRawAsync(
                    "INSERT INTO events VALUES (7, 1, 0, 'message', NULL, 'ann', '{{\"text\":\"hello\"}}')", none);
                await old.Database.ExecuteSqlRawAsync(
                    "INSERT INTO events VALUES (7, 2, 0, 'reaction', NULL, 'ann', '{{\"emoji\":\"👍\",\"target\":1}}')", none);
            }

            await using var hub = await LogUnderTest.StartAsync(("Storage:Path", path));
            using var room = await hub.Rooms.OpenAsync("old", TestContext.Current.CancellationToken);

            Assert.Equal(ErrorCodes.Conflict, await RefusalAsync(room.Log, "ann", 1, "👍"));
            await ReactAsync(room.Log, "bob", 1, "👍");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<long> ReactAsync(RoomLog log, string by, long target, string emoji) => log.AppendNowAsync(
        [LogUnderTest.Event(EventTypes.Reaction, new { emoji, target }, by: by)], TestContext.Current.CancellationToken,
        new AddReaction(by, target, emoji));

    private static async Task<string> RefusalAsync(RoomLog log, string by, long target, string emoji) =>
        (await Assert.ThrowsAsync<HubErrorException>(() => ReactAsync(log, by, target, emoji))).Code;
}
