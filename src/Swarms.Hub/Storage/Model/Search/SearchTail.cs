using System.Data.Common;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The end of a room's log that the index lacks, so that a member finds what it said a moment ago. Immutable.
/// </summary>
/// <param name="Items">The kinds and ids of everything that changed.</param>
/// <param name="Documents">Those of them that can be found.</param>
/// <param name="IsWhole">False if more changed than a search reads.</param>
internal sealed record SearchTail(IReadOnlySet<(string Kind, string Item)> Items, IReadOnlyList<SearchDocument> Documents, bool IsWhole)
{
    // An index is behind by a few; only a large room whose index is new is behind by more.
    private const int MaxEvents = 2_048;
    private const int MaxItems = 256;

    public static SearchTail Empty { get; } = new(new HashSet<(string, string)>(), [], true);

    /// <summary>Reads the end of the log in the current transaction.</summary>
    public static SearchTail Read(DbConnection connection, long roomKey)
    {
        var through = connection.Query("SELECT Through FROM search_progress WHERE RoomKey = $1", row => row.GetInt64(0), roomKey)
            .FirstOrDefault();
        const string Head = "SELECT coalesce(max(Sequence), 0) FROM events WHERE RoomKey = $1";
        var isWhole = connection.Query(Head, row => row.GetInt64(0), roomKey)[0] <= through + MaxEvents;
        var events = connection.Query(
            "SELECT Sequence, Type, Run, Data FROM events WHERE RoomKey = $1 AND Sequence > $2 AND Sequence <= $3 AND Type <> 'chunk'",
            row => SearchChanges.Types.Contains(row.GetString(1))
                ? SearchChanges.Of(row.GetString(1), row.GetInt64(0), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3))
                : [],
            roomKey, through, through + MaxEvents);
        var items = events.SelectMany(changed => changed).Distinct().ToList();
        if (items.Count > MaxItems)
            (items, isWhole) = (items[..MaxItems], false);

        var documents = items.Select(item => SearchDocuments.Find(connection, roomKey, item.Kind, item.Item)).OfType<SearchDocument>();
        return new SearchTail(items.ToHashSet(), [.. documents], isWhole);
    }
}
