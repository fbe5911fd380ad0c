using Swarms.Hub.Protocol;
using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Model;

/// <summary>Searches in the database. Safe from any thread.</summary>
internal sealed class SearchStore(SearchThread thread) : ISearchStore
{
    private static readonly SearchPage Nothing = new() { Results = [], IsComplete = true };

    public async Task<SearchPage> SearchAsync(string roomId, SearchRequest request, CancellationToken cancellationToken) =>
        await thread.ReadAsync(
            roomId,
            (connection, roomKey, isBehind) => new SearchReader(connection, roomKey, request, thread.HasLetterIndex).Read(isBehind),
            cancellationToken)
        ?? Nothing;
}
