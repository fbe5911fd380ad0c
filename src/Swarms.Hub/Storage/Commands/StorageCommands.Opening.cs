using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;

namespace Swarms.Hub.Storage.Commands;

/// <content>Opens the hub's own database, whichever it is.</content>
internal sealed partial class StorageCommands
{
    /// <summary>Opens the hub's own database, also while the hub runs.</summary>
    private DbConnection OpenOwn() => database is PostgreSqlDatabase server ? Open(server) : DatabaseFile.Open(database.KeyPath);

    private static NpgsqlConnection Open(PostgreSqlDatabase server)
    {
        var connection = server.OpenPooled();
        var tables = connection.Query("SELECT count(to_regclass('rooms')) + count(to_regclass('events'))", row => row.GetInt64(0))[0];
        var refusal = tables != 2 ? "It is not a hub's database: check Storage:ConnectionString."
            : SchemaVersions.FindUnknown<PostgreSqlDbContext>(connection) is not null
                ? "The database was written by a newer version of the hub. Use that version."
                : null;
        if (refusal is null)
            return connection;

        connection.Dispose();
        throw new CommandRefusedException(refusal);
    }

    private static HubDbContext CreateContext(DbConnection connection) => connection is SqliteConnection
        ? new HubDbContext(new DbContextOptionsBuilder<HubDbContext>().UseSqlite(connection).Options)
        : PostgreSqlDatabase.CreateContext(connection);

    private CommandRefusedException Refusal(DbException exception) => exception is SqliteException file
        ? DatabaseFile.Refusal(database.KeyPath, file)
        : new CommandRefusedException($"The storage cannot be used: {((PostgreSqlDatabase)database).Explain(exception)}.");

    private void RefuseServer(string advice)
    {
        if (database is PostgreSqlDatabase)
        {
            throw new CommandRefusedException(
                $"PostgreSQL {advice}. The keys are not in the database: "
                + $"keep {database.KeyPath}{CodeKeyFile.Suffix} and {database.KeyPath}{SecretKeyFolder.Suffix} with the copy. "
                + "verify checks what the database holds.");
        }
    }
}
