using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The SQLite file: its path, its owner and its connections.
/// </summary>
internal sealed partial class SqliteDatabase(IOptions<StorageOptions> options, ILogger<SqliteDatabase> logger)
    : HubDatabase(ResolveLinks(options.Value.Path), logger)
{
    private const string LifeSetting = "life";

    // SQLITE_ERROR is the hub's own mistake, which a retry would not fix.
    private const int WrongStatement = 1;
    private const int Damaged = 11;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    private readonly string _life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Lock _ownership = new();
    private DatabaseLock? _lock;
    private SqliteFile? _file;
    private volatile bool _isLost;
    private int _foreignWrites;
    private int _isFoldDue;

    /// <summary>The path with links resolved, because two names of one file are one database.</summary>
    public string Path => KeyPath;

    public override bool HasLetterIndex => true;

    public override HubDbContext CreateContext() => new(new DbContextOptionsBuilder<HubDbContext>()
        .UseSqlite(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);

    public override SqliteConnection OpenPooled()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true));
        connection.Open();
        return connection;
    }

    // A deferred transaction blocks no writer.
    public override DbTransaction BeginSnapshot(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override (long Bytes, long? FreeBytes) Measure() => (Length(Path) + Length(Path + "-wal"), DiskFloor.FindFree(Path));

    /// <summary>Opens a connection that belongs to the caller alone.</summary>
    public SqliteConnection CreateConnection()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: false));
        connection.Open();
        // SQLite itself waits in steps of milliseconds; the provider's own loop would sleep 150 ms at a time.
        Execute(connection, "PRAGMA busy_timeout = 2000");
        return connection;
    }

    /// <summary>
    /// Throws if the file is no longer this hub's: it was moved, deleted, replaced, overwritten, or claimed by another hub. Nothing is read
    /// or written until it is back.
    /// </summary>
    public void RequireOwnFile()
    {
        if (_isLost || _file is not { } file || file.HasMoved)
            throw new SqliteException("The database file is gone, or another has taken its place.", CannotOpen);

        // Others wait until it is known whose file this is: a statement on a foreign one would be the hub's mistake.
        lock (_ownership)
        {
            if (file.TakeForeignWrite())
                CheckLife(file);
        }

        if (_isLost)
            throw new SqliteException("The database file was overwritten.", CannotOpen);
    }

    /// <summary>Changes when another program wrote into the file: an older connection may hold pages that are gone.</summary>
    public int ForeignWrites => Volatile.Read(ref _foreignWrites);

    /// <summary>
    /// Checks the file while nothing is written; returns false if it is not the hub's own. Recreates a deleted lock file.
    /// </summary>
    public bool IsOwn()
    {
        try
        {
            _isLost |= _lock?.TryKeep() == false;
            RequireOwnFile();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>
    /// Asks <see cref="WalCheckpointer"/> to fold and cut the write-ahead log at its next look, because the log still has what was deleted.
    /// </summary>
    public void RequestFold() => Volatile.Write(ref _isFoldDue, 1);

    /// <summary>True once after <see cref="RequestFold"/>.</summary>
    public bool TakeFoldRequest() => Interlocked.Exchange(ref _isFoldDue, 0) == 1;

    /// <summary>Checkpoints the write-ahead log and restarts it. Returns false if readers let only a part of it be copied.</summary>
    public bool Fold(SqliteConnection connection, string mode = "TRUNCATE") => Fold(() =>
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The mode is one of SQLite's keywords.
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()! == 0;
    });

    /// <inheritdoc cref="SqliteFile.Fold"/>
    public T Fold<T>(Func<T> fold) => _file is { } file ? file.Fold(fold) : fold();

    protected override void RequireReadable() => RequireOwnFile();

    protected override bool IsReadFailure(Exception exception) => exception is SqliteException { SqliteErrorCode: not WrongStatement };

    protected override void Release()
    {
        _file?.Dispose();
        ClearPool();
        _lock?.Dispose();
        (_file, _lock) = (null, null);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // Only the start creates the file: a file that was deleted while the hub runs must not come back empty.
    private string ConnectionString(SqliteOpenMode mode, bool isPooled) =>
        new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = isPooled, DefaultTimeout = 5 }.ToString();

    private void CheckLife(SqliteFile file)
    {
        // Connections may hold pages of the file as it was.
        Interlocked.Increment(ref _foreignWrites);
        ClearPool();
        try
        {
            _isLost = !IsOfThisLife();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not (WrongStatement or Damaged or NoDatabase))
        {
            // This error says nothing about the file, so the file is checked again next time.
            file.ForgetStamp();
            throw;
        }
        catch (SqliteException)
        {
            _isLost = true;
        }
    }

    private bool IsOfThisLife()
    {
        using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: false));
        connection.Open();
        return connection.FindSetting(LifeSetting) == _life;
    }

    /// <summary>Closes the pooled connections that are not in use.</summary>
    public void ClearPool()
    {
        using var pooled = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true));
        SqliteConnection.ClearPool(pooled);
    }

    private static string ResolveLinks(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // The file does not exist yet or cannot be read; opening it will report that.
            return path;
        }
    }

    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
