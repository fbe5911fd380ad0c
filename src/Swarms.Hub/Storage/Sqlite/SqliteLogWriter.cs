using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Stores commits on the one writing connection. Called by the writer's loop only; SQLite is synchronous. A failed transaction is never
/// in doubt: <see cref="WritingConnection"/> overwrites its rests before anything else is written. Next: <see cref="RoomWrite"/>, which
/// the loop publishes.
/// </summary>
internal sealed class SqliteLogWriter(SqliteDatabase database, SearchFiller search, IOptions<StorageOptions> options)
    : LogWriter(database, search, options), IDisposable
{
    private const int WrongStatement = 1;
    private const int Damaged = 11;
    private const int TooBig = 18;
    private const int ConstraintViolation = 19;

    private readonly WritingConnection _connection = new(database);

    public override string DatabaseSystem => "sqlite";

    public override ValueTask FillSearchAsync()
    {
        try
        {
            FillSearch();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is WrongStatement or Damaged)
        {
            RebuildSearch(e);
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask CloseAsync()
    {
        _connection.Close();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _connection.Dispose();

    protected override SqliteTransaction Begin(bool isSynced) => _connection.Begin(isSynced);

    protected override HubDbContext CreateContext(DbTransaction transaction) =>
        new(new DbContextOptionsBuilder<HubDbContext>().UseSqlite(transaction.Connection!).Options);

    protected override StoredHead? FindHead(RoomLog log) => _connection.FindHead(log);

    protected override (string Role, bool HasLeft, bool IsUnmoderated)? FindMember(string memberId) => _connection.FindMember(memberId);

    protected override long NextRoomKey() => _connection.NextRoomKey();

    protected override void Insert(long roomKey, long sequence, PendingEvent pending, EventLink link) =>
        _connection.Insert(roomKey, sequence, pending, link);

    // The value differs each time, because SQLite skips the write of an unchanged page.
    protected override void Probe(DbTransaction transaction) => transaction.Connection!.Execute(
        "INSERT OR REPLACE INTO settings (Name, Value) VALUES ('last-probe', hex(randomblob(8)))");

    // A broken rule of the schema is the commit's fault; any other error is the disk's.
    protected override bool IsStorageFailure(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: not (TooBig or ConstraintViolation or 20 or 25) };

    protected override StorageFailedException Failed(Exception exception)
    {
        _connection.Failed((SqliteException)exception);
        return new StorageFailedException(exception);
    }

    // The write-ahead log still has the pages as they were.
    protected override void Erased() => database.RequestFold();

    // An index that is damaged holds nothing that the other tables do not have. It must not stop the commits.
    private void RebuildSearch(SqliteException damage)
    {
        try
        {
            using var transaction = _connection.Begin(isSynced: false);
            Search.Rebuild(transaction.Connection!, SearchSchema.Rebuild);
            Commit(transaction);
        }
        catch (SqliteException e)
        {
            _connection.Failed(e);
            throw new StorageFailedException(damage);
        }
    }
}
