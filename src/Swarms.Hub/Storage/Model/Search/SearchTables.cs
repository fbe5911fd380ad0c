using System.Data.Common;
using System.Globalization;
using Swarms.Hub.Protocol;
using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Model;

/// <summary>The statements on the tables of the search. Called by the writer's loop only, in its transaction.</summary>
internal static class SearchTables
{
    /// <summary>Returns the passages of a run, message, agent or member.</summary>
    public static List<(long Id, int Length)> FindPieces(DbConnection connection, long roomKey, (string Kind, string Item) item)
    {
        var (first, end) = (SearchPieceId.First(roomKey), SearchPieceId.First(roomKey + 1));
        if (item.Kind != SearchKinds.Agent)
        {
            var sequence = FirstSequence(connection, item);
            (first, end) = (SearchPieceId.Of(roomKey, sequence, 0), SearchPieceId.After(roomKey, sequence));
        }

        return connection.Query(
            item.Kind == SearchKinds.Agent
                ? "SELECT Id, Length FROM search_pieces WHERE Kind = 'agent' AND Item = $3 AND Id >= $1 AND Id < $2"
                : "SELECT Id, Length FROM search_pieces WHERE Id >= $1 AND Id < $2 AND Item = $3",
            row => (row.GetInt64(0), row.GetInt32(1)),
            first, end, item.Item);
    }

    private static long FirstSequence(DbConnection connection, (string Kind, string Item) item) => item.Kind switch
    {
        SearchKinds.Message => long.Parse(item.Item, CultureInfo.InvariantCulture),
        SearchKinds.Run => connection.Query("SELECT FirstSequence FROM runs WHERE Id = $1", row => row.GetInt64(0), item.Item)
            .FirstOrDefault(),
        _ => connection.Query("SELECT FirstSequence FROM members WHERE Id = $1", row => row.GetInt64(0), item.Item).FirstOrDefault(),
    };

    /// <summary>Adds a passage.</summary>
    public static void Insert(DbConnection connection, long roomKey, SearchDocument document, SearchPiece piece) =>
        connection.Execute(
            "INSERT INTO search_pieces VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            SearchPieceId.Of(roomKey, document.Sequence, piece.Part), document.Kind, document.Item, piece.Field.Name, piece.Start,
            piece.Length, document.At.ToUnixTimeMilliseconds(), (object?)document.By ?? DBNull.Value,
            (object?)document.Agent?.Id ?? DBNull.Value,
            document.Agent?.Name is { } name ? SearchText.Fold(name).Text : DBNull.Value, piece.Fold());

    /// <summary>Saves how far a room was read.</summary>
    public static void Save(DbConnection connection, long roomKey, long through, int step) => connection.Execute(
        "INSERT INTO search_progress VALUES ($1, $2, $3) "
        + "ON CONFLICT (RoomKey) DO UPDATE SET Through = excluded.Through, Step = excluded.Step",
        roomKey, through, step);
}
