using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <content>Claims and opens the file, and refuses what it cannot work on.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>
    /// Takes the database for this process until it is closed or the process ends. Touches only the lock file and its folder.
    /// </summary>
    public void Claim()
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

    /// <summary>Creates or opens the file and migrates its schema.</summary>
    public void Open()
    {
        try
        {
            OwnerFile.Ensure(Path);
            using (var context = CreateContext(SqliteOpenMode.ReadWriteCreate, isPooled: false))
            {
                RefuseLocked(context);
                MigrateSchema(context);
                RequireWriteAheadLog(context);
                RefuseDamage(context);
                MemberNames.Rekey(context);
                AttendanceApplier.EndAll(context);
                BeginLife(context);
            }

            _file = new SqliteFile(Path, CreateConnection());
            _opened.SetResult();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageUnusableException(Explain(e), e);
        }
    }

    // Every command of a migration would wait for the lock, and the last one for ever.
    private static void RefuseLocked(HubDbContext context)
    {
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        Execute(connection, "BEGIN IMMEDIATE");
        Execute(connection, "ROLLBACK");
        context.Database.CloseConnection();
    }

    private static void MigrateSchema(HubDbContext context)
    {
        var missing = context.Database.GetMigrations().ToHashSet();
        if (context.Database.GetAppliedMigrations().FirstOrDefault(migration => !missing.Remove(migration)) is { } unknown)
        {
            throw new StorageUnusableException(
                $"it was written by a newer version of the hub (it knows {unknown}). Run that version, "
                + "or name another file in Storage:Path");
        }

        // Without a migration to apply, EF Core would still compare two models, which is a fifth of the CPU time of a start.
        if (missing.Count > 0)
            context.Database.Migrate();
    }

    private static void RequireWriteAheadLog(HubDbContext context)
    {
        var mode = context.Database.SqlQueryRaw<string>("PRAGMA journal_mode = WAL").AsEnumerable().First();
        if (mode != "wal")
        {
            throw new StorageUnusableException(
                "the file system does not support SQLite's write-ahead log. Put Storage:Path on a local disk");
        }
    }

    private static void RefuseDamage(HubDbContext context)
    {
        // Reads parts of the trees and not each row: a hub with a gigabyte of transcripts must not take minutes to start.
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        context.Database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT max(Sequence) FROM events WHERE RoomKey = (SELECT max(Key) FROM rooms))";
        using var reader = command.ExecuteReader();
        reader.Read();
    }

    // Stores this start's random mark, by which an overwritten file is recognised.
    private void BeginLife(HubDbContext context)
    {
        if (context.Settings.AsTracking().FirstOrDefault(setting => setting.Name == LifeSetting) is { } known)
            known.Value = _life;
        else
            context.Add(new SettingRow { Name = LifeSetting, Value = _life });

        context.SaveChanges();
    }

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
