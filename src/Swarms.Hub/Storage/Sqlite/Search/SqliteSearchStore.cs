using Swarms.Hub.Protocol;
using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Searches in the SQLite file. Safe from any thread.</summary>
internal sealed class SqliteSearchStore(SearchThread thread) : ISearchStore
{
    private static readonly SearchPage Nothing = new() { Results = [], IsComplete = true };

    public async Task<SearchPage> SearchAsync(string roomId, SearchRequest request, CancellationToken cancellationToken) =>
        await thread.ReadAsync(
            roomId, (connection, roomKey, isBehind) => new SearchReader(connection, roomKey, request).Read(isBehind), cancellationToken)
        ?? Nothing;
}
