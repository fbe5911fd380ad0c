using System.Data.Common;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The thread of all searches, first come first served: a search must not keep a viewer's history waiting. Safe from any thread.
/// </summary>
internal sealed class SearchThread(HubDatabase database, SearchFiller filler) : IDisposable
{
    private readonly ReadThreads _searches = new("Search", 1);

    /// <inheritdoc cref="HubDatabase.HasLetterIndex"/>
    public bool HasLetterIndex => database.HasLetterIndex;

    /// <summary>
    /// Reads in one transaction. The last argument tells whether the index may lack something of the room. Returns the default where there
    /// is no such room, or it is a lane, whose text is held back.
    /// </summary>
    public Task<T?> ReadAsync<T>(string roomId, Func<DbConnection, long, bool, T> read, CancellationToken cancellationToken) =>
        _searches.RunAsync(() => Task.FromResult(database.Read(connection => Read(connection, roomId, read))), cancellationToken);

    public void Dispose() => _searches.Dispose();

    private T? Read<T>(DbConnection connection, string roomId, Func<DbConnection, long, bool, T> read)
    {
        var keys = connection.Query(
            "SELECT Key FROM rooms WHERE Id = $1 AND DeletedAt IS NULL AND LaneRoomKey IS NULL", row => row.GetInt64(0), roomId);
        if (keys is not [var roomKey])
            return default;

        // The question comes before the transaction: an index that was whole then is whole in it.
        var isBehind = filler.IsBehind(roomKey);
        using var transaction = database.BeginSnapshot(connection);
        return read(connection, roomKey, isBehind);
    }
}
