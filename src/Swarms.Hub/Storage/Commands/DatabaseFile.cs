using System.Data.Common;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage.Commands;

/// <summary>Opens database files for commands: the hub's own, also while it runs, or a copy.</summary>
internal static class DatabaseFile
{
    // A commit blocks others for milliseconds, and a large checkpoint for a second.
    private const int BusyMilliseconds = 10_000;

    /// <summary>Opens the file for reading. Refuses a file that is not a hub's database, or was written by a newer version.</summary>
    public static SqliteConnection Open(string path)
    {
        if (!File.Exists(path))
            throw new CommandRefusedException($"There is no database at {path}.");

        var options = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(options.ToString());
        try
        {
            // SQLite reads a write-ahead log only in a folder that it may write.
            connection.Open();
            SqliteDatabase.Execute(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
            RefuseForeignSchema(path, connection);
            return connection;
        }
        catch (Exception e)
        {
            // An open connection would leave its files behind.
            connection.Dispose();
            throw e is SqliteException damage ? Refusal(path, damage) : e;
        }
    }

    /// <summary>True if the file was written by a version without links.</summary>
    public static bool IsOlderThanLinks(DbConnection connection) => connection is SqliteConnection file
        && Scalar<long>(file, "SELECT count(*) FROM pragma_table_info('events') WHERE name = 'Link'") == 0;

    /// <summary>Writes everything committed into one new file, which is synced when the call returns.</summary>
    public static void CopyTo(this SqliteConnection connection, string path)
    {
        File.Delete(path);
        OwnerFile.Ensure(path);
        using (var command = connection.CreateCommand())
        {
            // VACUUM INTO reads one snapshot, blocks no writer, and leaves out deleted rows.
            command.CommandText = "VACUUM INTO $path";
            command.Parameters.AddWithValue("$path", path);
            command.ExecuteNonQuery();
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    public static T Scalar<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (T)command.ExecuteScalar()!;
    }

    public static CommandRefusedException Refusal(string path, SqliteException exception) => new(exception.SqliteErrorCode switch
    {
        26 => $"{path} is not an SQLite database.",
        11 => $"{path} is damaged. Save what can be read with: sqlite3 {path} .recover",
        5 or 6 => $"{path} is locked by another process. Try again in a moment.",
        13 => $"The disk of {path} is full.",
        _ => $"{path} cannot be opened: check that this user may read it, and write in its folder.",
    });

    private static void RefuseForeignSchema(string path, SqliteConnection connection)
    {
        const string CountTables = "SELECT count(*) FROM sqlite_schema WHERE name IN ('rooms', 'events', '__EFMigrationsHistory')";
        if (Scalar<long>(connection, CountTables) != 3)
            throw new CommandRefusedException($"{path} is not a hub's database.");

        if (SchemaVersions.FindUnknown<HubDbContext>(connection) is not null)
            throw new CommandRefusedException($"{path} was written by a newer version of the hub. Use that version.");
    }
}
