using Swarms.Hub.Protocol;

namespace Swarms.Hub.Search;

/// <summary>
/// Finds what is in a room. The store fills its index behind the writer, so an answer says whether it had all of the room. What was removed
/// or is hidden is not found from the commit on, although the index loses it a moment later. Safe from any thread.
/// </summary>
internal interface ISearchStore
{
    /// <summary>
    /// Returns the newest results that match, the best first. Waits for no commit and no index. An unknown room has no results.
    /// </summary>
    Task<SearchPage> SearchAsync(string roomId, SearchRequest request, CancellationToken cancellationToken);
}
