using System.Data.Common;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Model;

/// <summary>Lists the runs that a search finds, the newest first. Safe from any thread.</summary>
internal sealed class SearchedRuns(SearchThread thread)
{
    private const int PageSize = 100;

    /// <summary>Returns the runs; null if the run of <see cref="RunFilter.Before"/> is not in the room.</summary>
    public Task<IReadOnlyList<Run>?> ListAsync(string roomId, RunFilter filter, int limit, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(SearchTerms.Read(filter.Text)) { Kind = SearchKinds.Run, Limit = PageSize };
        return thread.ReadAsync<IReadOnlyList<Run>?>(
            roomId,
            (connection, roomKey, isBehind) => List(connection, roomKey, isBehind, filter, request, limit, thread.HasLetterIndex),
            cancellationToken);
    }

    private static List<Run>? List(
        DbConnection connection, long roomKey, bool isBehind, RunFilter filter, SearchRequest request, int limit, bool hasLetterIndex)
    {
        long? before = null;
        if (filter.Before is { Length: > 0 } last)
        {
            var places = connection.Query(
                "SELECT FirstSequence FROM runs WHERE Id = $1 AND RoomKey = $2", row => row.GetInt64(0), last, roomKey);
            if (places is not [var place])
                return null;

            before = place;
        }

        var runs = new List<Run>();
        while (true)
        {
            var page = new SearchReader(connection, roomKey, request with { Before = before }, hasLetterIndex).Read(isBehind);
            foreach (var result in page.Results.OrderByDescending(result => result.Sequence))
            {
                var view = connection.Query("SELECT View FROM runs WHERE Id = $1", row => row.GetString(0), result.Id)[0];
                var run = RunRow.ParseView(view) with { Parts = null };
                if (filter.Thread is not { Length: > 0 } thread || run.Id == thread || run.Thread?.Root == thread)
                    runs.Add(run);

                if (runs.Count == limit)
                    return runs;
            }

            if (page.Next is null)
                return runs;

            before = page.Next;
        }
    }
}
