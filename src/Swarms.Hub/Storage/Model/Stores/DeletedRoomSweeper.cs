using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Removes the rows of deleted rooms in slices small enough to go between two commits. Called by the writer's loop only. The remaining
/// rows are its only state, so it continues after a restart.
/// </summary>
internal static class DeletedRoomSweeper
{
    // Removing this many chunks takes about as long as committing them.
    private const int MaxRows = 512;

    // Letters leave the index as slowly as they come into it, so a slice has as many as one of SearchFiller.
    private const int MaxLetters = 4_096;

    // A slice holds at least one row. SQLite frees the pages of long texts one by one.
    private const int MaxBytes = 1_048_576;

    private static readonly string[] Slices =
    [
        $"""
        DELETE FROM events WHERE RoomKey = $1 AND Sequence <= (
            SELECT max(Sequence) FROM (
                SELECT Sequence, sum(Bytes) OVER (ORDER BY Sequence) - Bytes AS Before FROM (
                    SELECT Sequence, octet_length(Data) AS Bytes FROM events WHERE RoomKey = $1 ORDER BY Sequence LIMIT {MaxRows}
                ) AS sizes) AS sums
            WHERE Before < {MaxBytes})
        """,
        $"""
        DELETE FROM runs WHERE RoomKey = $1 AND FirstSequence <= (
            SELECT max(FirstSequence) FROM (
                SELECT FirstSequence, sum(Bytes) OVER (ORDER BY FirstSequence) - Bytes AS Before FROM (
                    SELECT FirstSequence, octet_length(Task) + octet_length(View) + coalesce(octet_length(Text), 0) AS Bytes
                    FROM runs WHERE RoomKey = $1 ORDER BY FirstSequence LIMIT {MaxRows}
                ) AS sizes) AS sums
            WHERE Before < {MaxBytes})
        """,
        $"""
        DELETE FROM search_pieces WHERE Id >= $1 << 39 AND Id <= (
            SELECT max(Id) FROM (
                SELECT Id, sum(Letters) OVER (ORDER BY Id) - Letters AS Before FROM (
                    SELECT Id, length(Folded) AS Letters FROM search_pieces
                    WHERE Id >= $1 << 39 AND Id < ($1 + 1) << 39 ORDER BY Id LIMIT {MaxRows}
                ) AS sizes) AS sums
            WHERE Before < {MaxLetters})
        """,
        "DELETE FROM search_progress WHERE RoomKey = $1",
        $"DELETE FROM run_keys WHERE rowid IN (SELECT rowid FROM run_keys WHERE RoomKey = $1 LIMIT {MaxRows})",
        $"DELETE FROM reactions WHERE rowid IN (SELECT rowid FROM reactions WHERE RoomKey = $1 LIMIT {MaxRows})",
        $"DELETE FROM passage_reactions WHERE rowid IN (SELECT rowid FROM passage_reactions WHERE RoomKey = $1 LIMIT {MaxRows})",
        $"DELETE FROM invites WHERE rowid IN (SELECT rowid FROM invites WHERE RoomKey = $1 LIMIT {MaxRows})",
        $"DELETE FROM bans WHERE rowid IN (SELECT rowid FROM bans WHERE RoomKey = $1 LIMIT {MaxRows})",
        "DELETE FROM embeds WHERE RoomKey = $1",
        "DELETE FROM agent_secrets WHERE RoomKey = $1",
        "DELETE FROM spending WHERE RoomKey = $1",
        "DELETE FROM agents WHERE RoomKey = $1",
        "DELETE FROM run_groups WHERE RoomKey = $1",
        "DELETE FROM hidden_runs WHERE RoomKey = $1",
        "DELETE FROM return_links WHERE MemberId IN (SELECT Id FROM members WHERE RoomKey = $1)",
        $"DELETE FROM attendance WHERE rowid IN (SELECT rowid FROM attendance WHERE RoomKey = $1 LIMIT {MaxRows})",
        $"""
        UPDATE members SET Name = '', NameKey = NULL, NameLook = NULL
        WHERE rowid IN (SELECT rowid FROM members WHERE RoomKey = $1 AND Name <> '' LIMIT {MaxRows})
        """,
        "UPDATE rooms SET HasRemains = FALSE WHERE Key = $1",
    ];

    // PostgreSQL's own name for the place of a row.
    private static readonly string[] PostgreSqlSlices =
        [.. Slices.Select(slice => slice.Replace("rowid", "ctid", StringComparison.Ordinal))];

    /// <summary>Removes one slice; returns false if there was nothing to remove.</summary>
    public static bool RemoveSlice(DbTransaction transaction)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT Key FROM rooms WHERE HasRemains LIMIT 1";
        if (command.ExecuteScalar() is not long room)
            return false;

        command.AddParameter(room);
        foreach (var slice in transaction is SqliteTransaction ? Slices : PostgreSqlSlices)
        {
#pragma warning disable CA2100 // The constants above.
            command.CommandText = slice;
#pragma warning restore CA2100
            if (command.ExecuteNonQuery() > 0)
                break;
        }

        return true;
    }
}
