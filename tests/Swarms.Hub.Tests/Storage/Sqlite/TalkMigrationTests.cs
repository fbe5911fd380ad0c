using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// A database of the version without taking back opens, and knows when hands were raised and which event gave a reaction.
/// </summary>
public sealed class TalkMigrationTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hands_And_Reactions_Of_An_Earlier_Version_Have_Their_Times_And_Events()
    {
        var folder = Directory.CreateTempSubdirectory("swarms-hub-old-");
        try
        {
            var path = Path.Combine(folder.FullName, "hub.db");
            await CreateOldAsync(path);
            await using var hub = await LogUnderTest.StartAsync(("Storage:Path", path));
            using var room = await hub.Rooms.OpenAsync("old", CancellationToken);

            var members = room.Log.Query(state => state.Members.ToList());
            Assert.Equal(
                [(true, (long?)5_000L), (false, null)],
                members.Select(m => (m.HandRaised, m.HandRaisedAt?.ToUnixTimeMilliseconds())));
            Assert.Equal([3], await hub.Store.FindReactionsAsync(room.Log.Key, 0, 100, CancellationToken));
            Assert.Equal("👍", Assert.Single(room.Log.Query(state => state.Messages[0].Reactions)).Emoji);

            // A message that is older than the links is erased too.
            await room.Log.AppendNowAsync(
                [LogUnderTest.Event(EventTypes.MessageRemoved, new { target = 2 }, by: "ann")], CancellationToken,
                new MessageChange.Remove(2, "ann"));
            Assert.NotNull(room.Log.Query(state => state.Messages[0]).RemovedAt);
            var stored = await hub.Store.ReadAsync(room.Log.Key, 1, 2, 1, 1_000, CancellationToken);
            Assert.DoesNotContain("hello", System.Text.Encoding.UTF8.GetString(stored!.Frame.Span), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CreateOldAsync(string path)
    {
        var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={path};Pooling=false").Options;
        await using var old = new HubDbContext(options);
        await old.GetService<IMigrator>().MigrateAsync("20261126133401_Admission", CancellationToken);
        const string Rooms = "rooms (Key, Id, Name, CreatedAt, OriginSequence, OriginLink, HasRemains)";
        const string Members = "members (Id, RoomKey, Name, Role, FirstSequence, JoinedAt, HasLeft, HandRaised)";
        await InsertAsync(Rooms, "7, 'old', 'Old', 0, 5, randomblob(16), 0");
        await InsertAsync(Members, "'ann', 7, 'Ann', 'host', 1, 0, 0, 1");
        await InsertAsync(Members, "'bob', 7, 'Bob', 'host', 1, 0, 0, 0");
        await InsertAsync("reactions (RoomKey, Target, MemberId, Emoji)", "7, 2, 'bob', '👍'");
        const string Events = "events (RoomKey, Sequence, At, Type, \"By\", Data)";
        await InsertAsync(Events, "7, 1, 1000, 'hand.raised', 'ann', '{{}}'");
        await InsertAsync(Events, "7, 2, 2000, 'message', 'ann', '{{\"text\":\"hello\"}}'");
        await InsertAsync(Events, "7, 3, 3000, 'reaction', 'bob', '{{\"emoji\":\"👍\",\"target\":2}}'");
        await InsertAsync(Events, "7, 4, 4000, 'hand.lowered', 'ann', '{{}}'");
        await InsertAsync(Events, "7, 5, 5000, 'hand.raised', 'ann', '{{}}'");

#pragma warning disable EF1002 // The constants above.
        Task InsertAsync(string into, string values) =>
            old.Database.ExecuteSqlRawAsync($"INSERT INTO {into} VALUES ({values})", CancellationToken);
#pragma warning restore EF1002
    }
}
