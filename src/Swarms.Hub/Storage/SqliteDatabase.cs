using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage;

/// <summary>
/// The SQLite file: where it is, how connections to it are opened, and its coming and going. <see cref="Open"/> runs once,
/// before anything else touches the file, and refuses with one sentence what cannot work.
/// </summary>
internal sealed partial class SqliteDatabase(IOptions<StorageOptions> options, IHostEnvironment environment, ILogger<SqliteDatabase> logger)
{
    private const string CleanSetting = "closed-cleanly";
    private const string EpochSetting = "epoch";

    // SQLITE_ERROR: the hub's own mistake, which trying again would not mend.
    private const int WrongStatement = 1;

    private string? _epoch;

    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Path, environment.ContentRootPath);

    /// <summary>This life of the logs.</summary>
    public string Epoch => _epoch ?? throw new InvalidOperationException("The database is not open yet.");

    /// <summary>A context on a pooled connection of its own.</summary>
    public HubDbContext CreateContext() => CreateContext(SqliteOpenMode.ReadWrite);

    /// <summary>Reads on a pooled connection of its own. What cannot be read now is told as <c>storage_unavailable</c>.</summary>
    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> read)
    {
        try
        {
            await using var context = CreateContext();
            return await read(context);
        }
        catch (SqliteException e) when (e.SqliteErrorCode != WrongStatement)
        {
            throw Unreadable(e);
        }
    }

    /// <inheritdoc cref="ReadAsync{T}"/>
    public T Read<T>(Func<HubDbContext, T> read)
    {
        try
        {
            using var context = CreateContext();
            return read(context);
        }
        catch (SqliteException e) when (e.SqliteErrorCode != WrongStatement)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>A connection that belongs to the caller alone.</summary>
    public SqliteConnection CreateConnection()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: false));
        connection.Open();
        // Waiting in SQLite's own steps of milliseconds; the provider's own loop would sleep 150 ms at a time.
        Execute(connection, "PRAGMA busy_timeout = 2000");
        return connection;
    }

    /// <summary>Creates or opens the file, brings its schema up to date, and begins a life of the logs.</summary>
    public void Open()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var context = CreateContext(SqliteOpenMode.ReadWriteCreate);
            RefuseLocked(context);
            RefuseNewerSchema(context);
            context.Database.Migrate();
            RequireWriteAheadLog(context);
            RefuseDamage(context);
            BeginLife(context);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageUnusableException(Explain(e), e);
        }
    }

    /// <summary>The last word to the file: every commit is in it.</summary>
    public static void CloseCleanly(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, $"UPDATE settings SET Value = '1' WHERE Name = '{CleanSetting}'");
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private HubDbContext CreateContext(SqliteOpenMode mode) => new(new DbContextOptionsBuilder<HubDbContext>()
        .UseSqlite(ConnectionString(mode, isPooled: true)).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);

    // Only the start creates the file: one that was deleted under the hub must not come back empty.
    private string ConnectionString(SqliteOpenMode mode, bool isPooled) =>
        new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = isPooled, DefaultTimeout = 5 }.ToString();

    // The migrations would wait for the lock, each of their commands anew, and for ever in the end.
    private static void RefuseLocked(HubDbContext context)
    {
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        Execute(connection, "BEGIN IMMEDIATE");
        Execute(connection, "ROLLBACK");
        context.Database.CloseConnection();
    }

    private static void RefuseNewerSchema(HubDbContext context)
    {
        var known = context.Database.GetMigrations().ToHashSet();
        if (context.Database.GetAppliedMigrations().FirstOrDefault(migration => !known.Contains(migration)) is { } unknown)
            throw new StorageUnusableException($"it was written by a newer version of the hub (it knows {unknown}). Run that version, or name another file in Storage:Path");
    }

    private static void RequireWriteAheadLog(HubDbContext context)
    {
        var mode = context.Database.SqlQueryRaw<string>("PRAGMA journal_mode = WAL").AsEnumerable().First();
        if (mode != "wal")
            throw new StorageUnusableException("the file system does not support SQLite's write-ahead log. Put Storage:Path on a local disk");
    }

    private static void RefuseDamage(HubDbContext context)
    {
        // Reads the tree structure, not each row: a hub with a gigabyte of transcripts must not take minutes to start.
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        context.Database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT max(Sequence) FROM events WHERE RoomKey = (SELECT max(Key) FROM rooms))";
        using var reader = command.ExecuteReader();
        reader.Read();
    }

    private void BeginLife(HubDbContext context)
    {
        var settings = context.Settings.AsTracking().ToDictionary(setting => setting.Name);
        var mayHaveLostCommits = settings.GetValueOrDefault(CleanSetting)?.Value != "1" && options.Value.Durability != StorageDurability.Full;
        if (!settings.TryGetValue(EpochSetting, out var epoch))
            context.Add(epoch = new SettingRow { Name = EpochSetting, Value = NewEpoch() });
        else if (mayHaveLostCommits)
        {
            epoch.Value = NewEpoch();
            Log.EpochChanged(logger, epoch.Value);
        }

        if (settings.TryGetValue(CleanSetting, out var clean))
            clean.Value = "0";
        else
            context.Add(new SettingRow { Name = CleanSetting, Value = "0" });

        context.SaveChanges();
        _epoch = epoch.Value;
    }

    private HubErrorException Unreadable(SqliteException exception)
    {
        Log.ReadFailed(logger, exception);
        return new HubErrorException(
            ErrorCodes.StorageUnavailable, "The hub's storage cannot be read at the moment. Nothing is lost by that; try again shortly.", TimeSpan.FromSeconds(5));
    }

    private string Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 26 } => $"{Path} is not an SQLite database. Name another file in Storage:Path, or move this one away",
        SqliteException { SqliteErrorCode: 11 } => $"{Path} is damaged. Restore it from a backup, or save what can be read with: sqlite3 {Path} .recover",
        SqliteException { SqliteErrorCode: 5 or 6 } => $"{Path} is locked by another process: another hub may be running on it",
        SqliteException { SqliteErrorCode: 13 } => $"the disk of {Path} is full",
        SqliteException { SqliteErrorCode: 8 } => $"{Path} is read-only: make it a file that this user may write, or name another in Storage:Path",
        _ => $"{Path} cannot be opened: check that the folder exists or can be created, and that this user may write in it",
    };

    private static string NewEpoch() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The hub was not stopped cleanly: the logs begin epoch {Epoch}, and viewers are given snapshots.")]
        public static partial void EpochChanged(ILogger logger, string epoch);

        [LoggerMessage(2, LogLevel.Error, "The storage could not be read, and a caller was told to come again.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
