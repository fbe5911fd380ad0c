using System.Data.Common;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The database of a hub: its owner and its connections. <see cref="Claim"/> takes it for this process and <see cref="Open"/> migrates
/// it; both refuse in one sentence. Reading and opening connections is safe from any thread.
/// </summary>
/// <param name="keyPath">The path beside which the keys lie, and are never in the database.</param>
/// <param name="logger">Gets what could not be read.</param>
internal abstract partial class HubDatabase(string keyPath, ILogger logger) : IDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosed;

    /// <summary>The path beside which the keys lie.</summary>
    public string KeyPath { get; } = keyPath;

    /// <summary>Completes when the database is open.</summary>
    public Task Opened => _opened.Task;

    /// <summary>True if an index finds passages by three letters; otherwise a search reads the passages themselves.</summary>
    public abstract bool HasLetterIndex { get; }

    /// <summary>Takes the database for this process until it is closed or the process ends. Writes nothing.</summary>
    public abstract void Claim();

    /// <summary>Creates or opens the database, migrates its schema and begins this start's life.</summary>
    public abstract void Open();

    /// <summary>Creates a context on its own pooled connection.</summary>
    public abstract HubDbContext CreateContext();

    /// <summary>Opens a pooled connection, for what takes no EF Core.</summary>
    public abstract DbConnection OpenPooled();

    /// <summary>Begins a transaction in which all reads show the same commit. It blocks no writer.</summary>
    public abstract DbTransaction BeginSnapshot(DbConnection connection);

    /// <summary>Returns the bytes of the database, and those that its disk has left; null if nobody can tell.</summary>
    public abstract (long Bytes, long? FreeBytes) Measure();

    /// <summary>Reads on its own pooled connection. Throws <c>storage_unavailable</c> if the storage cannot be read now.</summary>
    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> read)
    {
        for (var left = ReadAttempts; ; left--)
        {
            try
            {
                RequireReadable();
                await using var context = CreateContext();
                return await read(context);
            }
            catch (Exception e) when (IsReadFailure(e))
            {
                if (left <= 1)
                    throw Unreadable(e);
            }
        }
    }

    /// <summary>Reads without EF Core. Throws as <see cref="ReadAsync"/> does.</summary>
    public T Read<T>(Func<DbConnection, T> read)
    {
        for (var left = ReadAttempts; ; left--)
        {
            try
            {
                RequireReadable();
                using var connection = OpenPooled();
                return read(connection);
            }
            catch (Exception e) when (IsReadFailure(e))
            {
                if (left <= 1)
                    throw Unreadable(e);
            }
        }
    }

    /// <summary>Releases the database and closes all pooled connections to it.</summary>
    public void Close()
    {
        _isClosed = true;
        Release();
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>The times that a read is tried.</summary>
    protected virtual int ReadAttempts => 1;

    /// <summary>Makes the keys of names anew that an earlier version's rules made.</summary>
    protected static void RekeyNames(DbConnection connection, Func<HubDbContext> createContext)
    {
        if (connection.FindSetting(MemberNames.VersionSetting) == MemberNames.Version)
            return;

        if (connection.Query("SELECT 1 FROM members LIMIT 1", _ => true).Count == 0)
        {
            connection.SaveSetting(MemberNames.VersionSetting, MemberNames.Version);
            return;
        }

        using var context = createContext();
        MemberNames.Rekey(context);
    }

    /// <summary>Ends the times of a process that crashed at the last moment that is known.</summary>
    protected static void EndAttendance(DbConnection connection) => connection.Execute("UPDATE attendance SET IsOpen = FALSE WHERE IsOpen");

    /// <summary>Marks that the database is open.</summary>
    protected void MarkOpened() => _opened.TrySetResult();

    /// <summary>Throws the store's own exception if this hub may not read the database any more.</summary>
    protected abstract void RequireReadable();

    /// <summary>True if the exception says that the storage cannot be read now; false for the hub's own mistake.</summary>
    protected abstract bool IsReadFailure(Exception exception);

    protected abstract void Release();

    private HubErrorException Unreadable(Exception exception)
    {
        // A room may still be measured, or idle rooms looked for, while the hub goes.
        if (!_isClosed)
            Log.ReadFailed(logger, exception);

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
