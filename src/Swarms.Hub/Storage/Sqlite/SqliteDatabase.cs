using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The SQLite file: its path, its owner and its connections. <see cref="Claim"/> takes it for this process and <see cref="Open"/> migrates
/// it; both refuse in one sentence. Reading and opening connections is safe from any thread.
/// </summary>
internal sealed partial class SqliteDatabase : IDisposable
{
    private const string LifeSetting = "life";

    // SQLITE_ERROR is the hub's own mistake, which a retry would not fix.
    private const int WrongStatement = 1;
    private const int Damaged = 11;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    private readonly ILogger<SqliteDatabase> _logger;
    private readonly string _life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _ownership = new();
    private DatabaseLock? _lock;
    private SqliteFile? _file;
    private volatile bool _isLost;
    private volatile bool _isClosed;
    private int _foreignWrites;
    private int _isFoldDue;

    public SqliteDatabase(IOptions<StorageOptions> options, ILogger<SqliteDatabase> logger)
    {
        _logger = logger;
        Path = ResolveLinks(options.Value.Path);
    }

    /// <summary>The path with links resolved, because two names of one file are one database.</summary>
    public string Path { get; }

    /// <summary>Completes when the database is open.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Creates a context on its own pooled connection.</summary>
    public HubDbContext CreateContext() => new(new DbContextOptionsBuilder<HubDbContext>()
        .UseSqlite(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);

    /// <summary>Reads on its own pooled connection. Throws <c>storage_unavailable</c> if the storage cannot be read now.</summary>
    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> read)
    {
        try
        {
            RequireOwnFile();
            await using var context = CreateContext();
            return await read(context);
        }
        catch (SqliteException e) when (e.SqliteErrorCode != WrongStatement)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Reads without EF Core. Throws as <see cref="ReadAsync"/> does.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            RequireOwnFile();
            using var connection = OpenPooled();
            return read(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode != WrongStatement)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Opens a pooled connection, for what takes no EF Core.</summary>
    public SqliteConnection OpenPooled()
    {
        var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true));
        connection.Open();
        return connection;
    }

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

    /// <summary>Releases the database and closes all pooled connections to it.</summary>
    public void Close()
    {
        _isClosed = true;
        _file?.Dispose();
        ClearPool();
        _lock?.Dispose();
        (_file, _lock) = (null, null);
    }

    public void Dispose() => Close();

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

    private HubErrorException Unreadable(SqliteException exception)
    {
        // A room may still be measured, or idle rooms looked for, while the hub goes.
        if (!_isClosed)
            Log.ReadFailed(_logger, exception);

        return new HubErrorException(
            ErrorCodes.StorageUnavailable,
            "The hub's storage cannot be read at the moment. Nothing is lost by that; try again shortly.",
            TimeSpan.FromSeconds(5));
    }

    private static partial class Log
    {
        // Id 1 is retired; it logged the beginning of an epoch.
        [LoggerMessage(2, LogLevel.Error, "The storage could not be read, and a caller was told to come again.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
