using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Swarms.Hub.Access;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>A database of the version whose codes had no key opens: tokens and links go on, and codes end.</summary>
public sealed class AdmissionMigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-old-");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "hub.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tokens_And_Links_Go_On_And_Hashes_Of_Codes_Are_Gone()
    {
        var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={Database};Pooling=false").Options;
        await using (var old = new HubDbContext(options))
        {
            await old.GetService<IMigrator>().MigrateAsync("20261126005749_Links", CancellationToken);
            foreach (var sql in (string[])
            [
                "INSERT INTO rooms (Key, Id, Name, CreatedAt, HasRemains, OriginSequence, OriginLink) "
                    + "VALUES (7, 'old', 'Old', 0, 0, 0, zeroblob(16))",
                "INSERT INTO members (Id, RoomKey, FirstSequence, Name, Role, JoinedAt, HasLeft, HandRaised) "
                    + "VALUES ('ann', 7, 1, 'Ann', 'host', 0, 0, 0)",
                "INSERT INTO tokens (Hash, MemberId, CreatedAt) VALUES (x'05', 'ann', 0)",
                "INSERT INTO invites (Id, RoomKey, Role, SecretHash, CodeHash, Uses, ExpiresAt) "
                    + "VALUES ('invite', 7, 'viewer', x'01', x'02', 0, 4102444800000)",
            ])
                await old.Database.ExecuteSqlRawAsync(sql, CancellationToken);
        }

        await using var hub = await LogUnderTest.StartAsync(("Storage:Path", Database));

        var store = hub.Get<IAccessStore>();
        Assert.Equal("ann", Assert.Single(await store.FindTokensAsync([5], null, CancellationToken)).Membership.MemberId);
        Assert.Equal("invite", (await store.FindInviteAsync([1], CancellationToken))?.Id);
        Assert.Null(await store.FindInviteAsync([2], CancellationToken));
        Assert.True((await store.OpenCodeKeyAsync(CancellationToken)).AreCodesLost);
        Assert.Null(Assert.Single(await store.ListInvitesAsync("old", DateTimeOffset.UnixEpoch, CancellationToken)).By);
    }
}
