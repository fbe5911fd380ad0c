using System.Globalization;
using Npgsql;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>
/// The one connection that writes. It holds PostgreSQL's advisory lock, so its hub owns the database as long as it lives. The start uses it
/// first, and the writer's loop from then on; never two threads at once.
/// </summary>
/// <param name="settings">The settings of the connection.</param>
internal sealed class OwningConnection(NpgsqlConnectionStringBuilder settings) : IDisposable
{
    private const string LifeSetting = "life";

    // The end of a killed hub's connection takes the server a moment.
    private const string WaitForLock = "SET lock_timeout = '2s'";

    // One hub for each schema of a database.
    private const string TakeLock = "SELECT pg_advisory_lock(hashtextextended('swarms-hub ' || current_schema(), 0))";

    // A hub whose machine is gone must not hold the lock for the two hours that a kernel waits.
    private const string Watch =
        "SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), "
        + "set_config('tcp_keepalives_count', '3', false)";

    private const string LockNotAvailable = "55P03";

    private readonly string _mark = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
    private NpgsqlConnection? _connection;
    private bool? _isSynced;
    private string _synced = "on";

    /// <summary>The number of this hub among those that opened the database; 0 until it did.</summary>
    public long Fence { get; private set; }

    /// <summary>True once another hub has taken the database over.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Counts the connections: a new one may have met an older copy of the database.</summary>
    public int Connections { get; private set; }

    /// <summary>
    /// Returns the connection, made anew if it broke, with the lock. Throws a <see cref="DatabaseLostException"/> if another hub has it.
    /// </summary>
    public NpgsqlConnection Open()
    {
        if (IsLost)
            throw new DatabaseLostException("Another hub has taken over the database.");

        if (_connection is { FullState: System.Data.ConnectionState.Open } open)
            return open;

        Drop();
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            connection.Open();
            Take(connection);
            if (Fence > 0)
                GoOn(connection);

            _synced = connection.Query("SHOW synchronous_commit", row => row.GetString(0))[0] is var usual and not "off" ? usual : "on";
            Connections++;
            return _connection = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins the life of this start, by which a later hub on the same database is recognised.</summary>
    public void BeginLife(NpgsqlConnection connection)
    {
        Fence = connection.Query($"SELECT nextval('{PostgreSqlDbContext.Fences}')", row => row.GetInt64(0))[0];
        SaveLife(connection);
    }

    /// <summary>Chooses whether the next commits wait for the disk, and for the standbys that the server's own setting names.</summary>
    public void Sync(NpgsqlConnection connection, bool isSynced)
    {
        if (_isSynced == isSynced)
            return;

        connection.Execute("SELECT set_config('synchronous_commit', $1, false)", isSynced ? _synced : "off");
        _isSynced = isSynced;
    }

    /// <summary>Closes the connection, and with it releases the lock.</summary>
    public void Drop()
    {
        _connection?.Dispose();
        (_connection, _isSynced) = (null, null);
    }

    public void Dispose() => Drop();

    private void Take(NpgsqlConnection connection)
    {
        connection.Execute(Watch);
        EndFormer(connection);
        connection.Execute(WaitForLock);
        try
        {
            connection.Execute(TakeLock);
        }
        catch (PostgresException e) when (e.SqlState == LockNotAvailable)
        {
            throw new DatabaseLostException($"Another hub is running on the database{FindHolder(connection)}.");
        }

        connection.Execute("RESET lock_timeout");
    }

    // The former connection of this hub may still be at a commit whose answer was lost. Nobody looks for that commit before it has ended.
    private void EndFormer(NpgsqlConnection connection)
    {
        connection.Execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()", Name(_mark));
        connection.Execute("SELECT set_config('application_name', $1, false)", Name(_mark));
    }

    // The database may be an older copy after a fail-over. A hub with a higher number, or with the same and another mark, came meanwhile.
    private void GoOn(NpgsqlConnection connection)
    {
        var (fence, mark) = ReadLife(connection);
        if (fence == Fence && mark == _mark)
            return;

        if (fence >= Fence)
        {
            IsLost = true;
            throw new DatabaseLostException("Another hub has taken over the database.");
        }

        connection.Execute($"SELECT setval('{PostgreSqlDbContext.Fences}', $1)", Fence);
        SaveLife(connection);
    }

    private void SaveLife(NpgsqlConnection connection) =>
        connection.SaveSetting(LifeSetting, string.Create(CultureInfo.InvariantCulture, $"{Fence} {_mark}"));

    private static (long Fence, string Mark) ReadLife(NpgsqlConnection connection) =>
        connection.FindSetting(LifeSetting)?.Split(' ') is [var fence, var mark]
            ? (long.Parse(fence, CultureInfo.InvariantCulture), mark)
            : default;

    private static string FindHolder(NpgsqlConnection connection)
    {
        const string Find =
            "SELECT host(client_addr) FROM pg_locks JOIN pg_stat_activity USING (pid) "
            + "WHERE locktype = 'advisory' AND granted AND application_name LIKE 'swarms-hub %' AND client_addr IS NOT NULL LIMIT 1";
        return connection.Query(Find, row => row.GetString(0)) is [var address] ? $" (from {address})" : "";
    }

    private static string Name(string mark) => $"swarms-hub {mark}";
}
