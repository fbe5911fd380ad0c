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

/// <summary>A database of the version without keys of names opens: members who share a name keep it, and others do not get it.</summary>
public sealed class PeopleMigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-old-");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "hub.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Members_Who_Share_A_Name_Stay_And_It_Is_Taken()
    {
        await MakeOldAsync();

        await using var hub = await LogUnderTest.StartAsync(("Storage:Path", Database));

        using var room = await hub.Rooms.OpenAsync("old", CancellationToken);
        Assert.Equal(["Ann", "ann", "Bob"], room.Log.Query(state => state.Members.Select(member => member.Name).ToList()));
        Assert.Equal(ErrorCodes.Conflict, (await Assert.ThrowsAsync<HubErrorException>(() => JoinAsync(room, "ANN"))).Code);
        Assert.Equal(ErrorCodes.Conflict, (await Assert.ThrowsAsync<HubErrorException>(() => JoinAsync(room, "\u0412ob"))).Code);
        // Those who left have no name to keep.
        await JoinAsync(room, "Eve");
    }

    [Fact]
    public async Task Keys_Of_Other_Rules_Are_Made_Anew()
    {
        await MakeOldAsync();
        await using (var first = await LogUnderTest.StartAsync(("Storage:Path", Database)))
            Assert.NotNull(first);

        await ExecuteAsync(
            "UPDATE members SET NameKey = 'other', NameLook = 'other' WHERE Id = 'bob'",
            "UPDATE settings SET Value = '1' WHERE Name = 'name-keys'");
        await using var hub = await LogUnderTest.StartAsync(("Storage:Path", Database));
        using var room = await hub.Rooms.OpenAsync("old", CancellationToken);
        Assert.Equal("Bob 2", (await Assert.ThrowsAsync<HubErrorException>(() => JoinAsync(room, "Bob"))).Suggestion);
    }

    private static async Task JoinAsync(RoomLease room, string name)
    {
        var member = new Member { Id = $"new {name}", Name = name, Role = MemberRoles.Viewer, JoinedAt = DateTimeOffset.UnixEpoch };
        await room.Log.AppendNowAsync(
            [PendingEvent.Create(DateTimeOffset.UnixEpoch, EventTypes.MemberJoined, member.Id, MemberPayload.Of(member))],
            CancellationToken,
            new MemberChange.Add(member));
    }

    private async Task MakeOldAsync()
    {
        await using (var old = Context())
            await old.GetService<IMigrator>().MigrateAsync("20261126133401_Admission", CancellationToken);

        await ExecuteAsync(
            "INSERT INTO rooms (Key, Id, Name, CreatedAt, HasRemains, OriginSequence, OriginLink) "
                + "VALUES (7, 'old', 'Old', 0, 0, 0, zeroblob(16))",
            "INSERT INTO members (Id, RoomKey, FirstSequence, Name, Role, JoinedAt, HasLeft, HandRaised) VALUES "
                + "('ann', 7, 1, 'Ann', 'host', 0, 0, 0), ('ann2', 7, 2, 'ann', 'viewer', 0, 0, 0), "
                + "('bob', 7, 3, 'Bob', 'viewer', 0, 0, 0), ('eve', 7, 4, 'Eve', 'viewer', 0, 1, 0)");
    }

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var context = Context();
        foreach (var sql in statements)
            await context.Database.ExecuteSqlRawAsync(sql, CancellationToken);
    }

    private HubDbContext Context() =>
        new(new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={Database};Pooling=false").Options);
}
