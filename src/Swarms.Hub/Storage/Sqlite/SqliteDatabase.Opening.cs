using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <content>Claims and opens the file, and refuses what it cannot work on.</content>
internal sealed partial class SqliteDatabase
{
    // Touches only the lock file and its folder.
    public override void Claim()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            _lock = new DatabaseLock(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DatabaseLock.IsHeld(Path)
                ? new StorageUnusableException($"another hub is running on {Path}; stop that one, or name another file in Storage:Path")
                : new StorageUnusableException(Explain(e), e);
        }
    }

    public override void Open()
    {
        try
        {
            OwnerFile.Ensure(Path);
            using (var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWriteCreate, isPooled: false)))
            {
                connection.Open();
                RefuseLocked(connection);
                MigrateSchema(connection);
                RequireWriteAheadLog(connection);
                RefuseDamage(connection);
                RekeyNames(connection, () => CreateContext(connection));
                SearchSchema.Ensure(connection);
                EndAttendance(connection);
                // This start's random mark, by which an overwritten file is recognised.
                connection.SaveSetting(LifeSetting, _life);
            }

            _file = new SqliteFile(Path, CreateConnection());
            MarkOpened();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageUnusableException(Explain(e), e);
        }
    }

    // Every command of a migration would wait for the lock, and the last one for ever.
    private static void RefuseLocked(SqliteConnection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("ROLLBACK");
    }

    private static void MigrateSchema(SqliteConnection connection)
    {
        if (SchemaVersions.FindUnknown<HubDbContext>(connection) is { } unknown)
        {
            throw new StorageUnusableException(
                $"it was written by a newer version of the hub (it knows {unknown}). Run that version, "
                + "or name another file in Storage:Path");
        }

        if (!SchemaVersions.IsBehind<HubDbContext>(connection))
            return;

        using var context = CreateContext(connection);
        context.Database.Migrate();
    }

    private static void RequireWriteAheadLog(SqliteConnection connection)
    {
        if (connection.Query("PRAGMA journal_mode = WAL", row => row.GetString(0)) is not ["wal"])
        {
            throw new StorageUnusableException(
                "the file system does not support SQLite's write-ahead log. Put Storage:Path on a local disk");
        }
    }

    // Reads parts of the trees and not each row: a hub with a gigabyte of transcripts must not take minutes to start.
    private static void RefuseDamage(SqliteConnection connection) => connection.Execute(
        "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT max(Sequence) FROM events WHERE RoomKey = (SELECT max(Key) FROM rooms))");

    // EF Core would compare the model with the migrations' each time that it migrates; CompiledModelTests does so once.
    private static HubDbContext CreateContext(SqliteConnection connection) => new(new DbContextOptionsBuilder<HubDbContext>()
        .UseSqlite(connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)).Options);

    private string Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 26 } =>
            $"{Path} is not an SQLite database. Name another file in Storage:Path, or move this one away",
        SqliteException { SqliteErrorCode: 11 } =>
            $"{Path} is damaged. Restore it from a backup, or save what can be read with: sqlite3 {Path} .recover",
        SqliteException { SqliteErrorCode: 5 or 6 } => $"{Path} is locked by another process: another hub may be running on it",
        SqliteException { SqliteErrorCode: 13 } => $"the disk of {Path} is full",
        SqliteException { SqliteErrorCode: 8 } =>
            $"{Path} is read-only: make it a file that this user may write, or name another in Storage:Path",
        _ => $"{Path} cannot be opened: check that the folder exists or can be created, and that this user may write in it",
    };
}
