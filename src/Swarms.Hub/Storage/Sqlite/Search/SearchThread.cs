using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The thread of all searches, first come first served: a search must not keep a viewer's history waiting. Safe from any thread.
/// </summary>
internal sealed class SearchThread(SqliteDatabase database, SearchFiller filler) : IDisposable
{
    private readonly ReadThreads _searches = new("Search", 1);

    /// <summary>
    /// Reads in one transaction. The last argument tells whether the index may lack something of the room. Returns the default where there
    /// is no such room, or it is a lane, whose text is held back.
    /// </summary>
    public Task<T?> ReadAsync<T>(string roomId, Func<SqliteConnection, long, bool, T> read, CancellationToken cancellationToken) =>
        _searches.RunAsync(() => Task.FromResult(database.Read(connection => Read(connection, roomId, read))), cancellationToken);

    public void Dispose() => _searches.Dispose();

    private T? Read<T>(SqliteConnection connection, string roomId, Func<SqliteConnection, long, bool, T> read)
    {
        var keys = connection.Query(
            "SELECT Key FROM rooms WHERE Id = $1 AND DeletedAt IS NULL AND LaneRoomKey IS NULL", row => row.GetInt64(0), roomId);
        if (keys is not [var roomKey])
            return default;

        // The question comes before the transaction: an index that was whole then is whole in it.
        var isBehind = filler.IsBehind(roomKey);
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection, roomKey, isBehind);
    }
}
