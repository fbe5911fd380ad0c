using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>A database on a real PostgreSQL server.</summary>
internal sealed class PostgreSqlStoreFixture : IStoreFixture
{
    private const string Template = "hub_template";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-store-");
    private readonly StorageDurability _durability;
    private readonly OwnPostgreSql _own;
    private readonly PostgreSqlServer _server;

    private PostgreSqlStoreFixture(OwnPostgreSql own, PostgreSqlServer server, StorageDurability durability)
    {
        (_own, _server, _durability) = (own, server, durability);
        Database = own.NextName();
    }

    public string Database { get; private set; }

    /// <summary>The port through which the hub reaches the server; null for the server's own.</summary>
    public int? Port { get; set; }

    public PostgreSqlServer Server => _server;

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Storage:Provider"] = $"{StorageProvider.PostgreSql}",
        ["Storage:ConnectionString"] = _server.ConnectionString(Database, Port),
        ["Storage:Path"] = Path.Combine(_folder.FullName, "hub.db"),
        ["Storage:Durability"] = $"{_durability}",
    };

    /// <summary>Creates an empty database.</summary>
    public static async Task<IStoreFixture> CreateAsync(OwnPostgreSql own, StorageDurability durability)
    {
        var fixture = new PostgreSqlStoreFixture(own, await own.ServerAsync(), durability);
        if (fixture.Database == "hub_1")
            await MakeTemplateAsync(fixture._server);

        await fixture._server.ExecuteAsync($"CREATE DATABASE {fixture.Database} TEMPLATE {Template}");
        return fixture;
    }

    public HubDbContext OpenRows() => OpenRows(_server, Database);

    public IDisposable Break()
    {
        Execute($"ALTER DATABASE {Database} ALLOW_CONNECTIONS false");
        Execute($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{Database}'");
        return new Act(() => Execute($"ALTER DATABASE {Database} ALLOW_CONNECTIONS true"));
    }

    // A trigger that waits for the commit. Its code is that of a full disk.
    public IDisposable? TryFailCommits()
    {
        var tables = OpenTables();
        Execute(
            $"""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'; END $$;
            {string.Concat(tables.Select(table =>
                $"CREATE CONSTRAINT TRIGGER fail AFTER INSERT OR UPDATE OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED "
                + "FOR EACH ROW EXECUTE FUNCTION fail();"))}
            """,
            Database);
        return new Act(() => Execute("DROP FUNCTION fail() CASCADE", Database));
    }

    public async Task CrashAsync() => Database = await CopyAsync();

    public async Task<bool> TryCutPowerAsync()
    {
        await _server.RestartAsync(isCrash: true);
        return true;
    }

    public async Task<string> CopyAsync()
    {
        var copy = _own.NextName();
        await _server.CopyAsync(Database, copy);
        return copy;
    }

    public Task RestoreAsync(string copy)
    {
        Database = copy;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task MakeTemplateAsync(PostgreSqlServer server)
    {
        await server.ExecuteAsync($"CREATE DATABASE {Template} TEMPLATE template0");
        await using var rows = OpenRows(server, Template);
        await rows.Database.MigrateAsync();
    }

    private static PostgreSqlDbContext OpenRows(PostgreSqlServer server, string database) => new(
        new DbContextOptionsBuilder<PostgreSqlDbContext>().UseNpgsql(server.ConnectionString(database) + ";Pooling=false").Options);

    private List<string> OpenTables()
    {
        using var rows = OpenRows();
        return [.. rows.Model.GetEntityTypes().Select(entity => entity.GetTableName()!)];
    }

    private void Execute(string sql, string database = "postgres") => _server.ExecuteAsync(sql, database).GetAwaiter().GetResult();

    private sealed class Act(Action act) : IDisposable
    {
        public void Dispose() => act();
    }
}
