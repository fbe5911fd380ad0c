using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>The PostgreSQL database: its owner and its connections. Reading and opening connections is safe from any thread.</summary>
internal sealed partial class PostgreSqlDatabase : HubDatabase
{
    private readonly NpgsqlDataSource _pool;
    private readonly string _place;
    private long _bytes;

    public PostgreSqlDatabase(IOptions<StorageOptions> options, ILogger<PostgreSqlDatabase> logger)
        : base(options.Value.Path, logger)
    {
        var settings = Read(options.Value.ConnectionString);
        _place = $"{settings.Database} at {settings.Host}";
        // A server that does not answer must not hold a caller for the driver's own 15 seconds.
        settings.Timeout = Math.Min(settings.Timeout, 5);
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 64);
        settings.ApplicationName ??= "swarms-hub";
        _pool = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
        Owner = new OwningConnection(new NpgsqlConnectionStringBuilder(settings.ToString()) { Pooling = false });
    }

    public override bool HasLetterIndex => false;

    // After the server was restarted the pool holds dead connections. The first that fails empties it.
    protected override int ReadAttempts => 2;

    /// <summary>The connection that owns the database. The writer's loop has it once the database is open.</summary>
    public OwningConnection Owner { get; }

    public override HubDbContext CreateContext() => Create(options => options.UseNpgsql(_pool));

    /// <summary>Creates a context on a connection.</summary>
    public static HubDbContext CreateContext(DbConnection connection) => Create(options => options.UseNpgsql(connection), isTracking: true);

    public override NpgsqlConnection OpenPooled() => _pool.OpenConnection();

    public override DbTransaction BeginSnapshot(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public override (long Bytes, long? FreeBytes) Measure() => (Interlocked.Read(ref _bytes), null);

    /// <summary>Asks the server for the size of the database, which is too slow for every call of <see cref="Measure"/>.</summary>
    public async Task UpdateSizeAsync(CancellationToken cancellationToken)
    {
        await using var command = _pool.CreateCommand("SELECT pg_database_size(current_database())");
        Interlocked.Exchange(ref _bytes, (long)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Returns what changes when the server was started anew, or another took its place.</summary>
    public async Task<string> FindServerAsync(CancellationToken cancellationToken)
    {
        await using var command = _pool.CreateCommand(
            "SELECT pg_postmaster_start_time()::text || ' ' || coalesce(inet_server_addr()::text, '')");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    protected override void RequireReadable()
    {
        if (Owner.IsLost)
            throw new DatabaseLostException("Another hub has taken over the database.");
    }

    protected override bool IsReadFailure(Exception exception) => PostgreSqlFailures.IsReadFailure(exception);

    protected override void Release()
    {
        Owner.Dispose();
        _pool.Dispose();
    }

    private static PostgreSqlDbContext Create(
        Action<DbContextOptionsBuilder<PostgreSqlDbContext>> connect, bool isTracking = false)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlDbContext>();
        connect(options);
        if (!isTracking)
            options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

        return new PostgreSqlDbContext(options.Options);
    }

    // The text may hold a password, so it is never repeated.
    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return settings.Host is { Length: > 0 }
                ? settings
                : throw new StorageUnusableException("Storage:ConnectionString names no server. Begin it with Host=");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StorageUnusableException(
                "Storage:ConnectionString is none. It looks like Host=localhost;Database=hub;Username=hub;Password=…");
        }
    }
}
