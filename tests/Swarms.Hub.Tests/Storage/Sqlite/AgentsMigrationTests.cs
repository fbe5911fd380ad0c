using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>A database of the version without agents opens: its rooms have none, and can be given some.</summary>
public sealed class AgentsMigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-old-");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "hub.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Room_Of_The_Version_Without_Agents_Takes_One()
    {
        var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={Database};Pooling=false").Options;
        await using (var old = new HubDbContext(options))
        {
            await old.GetService<IMigrator>().MigrateAsync("20261126133401_Admission", CancellationToken);
            foreach (var sql in (string[])
            [
                "INSERT INTO rooms (Key, Id, Name, CreatedAt, HasRemains, OriginSequence, OriginLink) "
                    + "VALUES (7, 'old', 'Old', 0, 0, 0, zeroblob(16))",
                "INSERT INTO members (Id, RoomKey, FirstSequence, Name, Role, JoinedAt, HasLeft, HandRaised) "
                    + "VALUES ('ann', 7, 1, 'Ann', 'host', 0, 0, 0)",
            ])
                await old.Database.ExecuteSqlRawAsync(sql, CancellationToken);
        }

        await using var hub = HubUnderTest.Start(("Storage:Path", Database));
        using var lease = await hub.Get<IRoomDirectory>().OpenAsync("old", CancellationToken);
        var ann = lease.Log.Query(state => (state.Agents.Count, Ann: state.FindMember("ann")!));
        Assert.Equal(0, ann.Count);

        await hub.Get<RoomAgents>().SetAsync(
            new RoomCaller("old", ann.Ann, Callers.Of([1], "ann")),
            "writer",
            new SetAgentRequest { Name = "Writer", Model = "m" },
            CancellationToken);

        Assert.Equal("Writer", (await hub.Get<IRoomStore>().LoadAsync("old", CancellationToken))!.State.FindAgent("writer")!.Name);
    }
}
