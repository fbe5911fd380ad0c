using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Sqlite;

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
        DELETE FROM events WHERE RoomKey = $room AND Sequence <= (
            SELECT max(Sequence) FROM (
                SELECT Sequence, sum(Bytes) OVER (ORDER BY Sequence) - Bytes AS Before FROM (
                    SELECT Sequence, octet_length(Data) AS Bytes FROM events WHERE RoomKey = $room ORDER BY Sequence LIMIT {MaxRows}))
            WHERE Before < {MaxBytes})
        """,
        $"""
        DELETE FROM runs WHERE RoomKey = $room AND FirstSequence <= (
            SELECT max(FirstSequence) FROM (
                SELECT FirstSequence, sum(Bytes) OVER (ORDER BY FirstSequence) - Bytes AS Before FROM (
                    SELECT FirstSequence, octet_length(Task) + octet_length(View) + ifnull(octet_length(Text), 0) AS Bytes
                    FROM runs WHERE RoomKey = $room ORDER BY FirstSequence LIMIT {MaxRows}))
            WHERE Before < {MaxBytes})
        """,
        $"""
        DELETE FROM search_pieces WHERE Id >= $room << 39 AND Id <= (
            SELECT max(Id) FROM (
                SELECT Id, sum(Letters) OVER (ORDER BY Id) - Letters AS Before FROM (
                    SELECT Id, length(Folded) AS Letters FROM search_pieces
                    WHERE Id >= $room << 39 AND Id < ($room + 1) << 39 ORDER BY Id LIMIT {MaxRows}))
            WHERE Before < {MaxLetters})
        """,
        "DELETE FROM search_progress WHERE RoomKey = $room",
        $"DELETE FROM run_keys WHERE rowid IN (SELECT rowid FROM run_keys WHERE RoomKey = $room LIMIT {MaxRows})",
        $"DELETE FROM reactions WHERE rowid IN (SELECT rowid FROM reactions WHERE RoomKey = $room LIMIT {MaxRows})",
        $"DELETE FROM passage_reactions WHERE rowid IN (SELECT rowid FROM passage_reactions WHERE RoomKey = $room LIMIT {MaxRows})",
        $"DELETE FROM invites WHERE rowid IN (SELECT rowid FROM invites WHERE RoomKey = $room LIMIT {MaxRows})",
        $"DELETE FROM bans WHERE rowid IN (SELECT rowid FROM bans WHERE RoomKey = $room LIMIT {MaxRows})",
        "DELETE FROM embeds WHERE RoomKey = $room",
        "DELETE FROM agent_secrets WHERE RoomKey = $room",
        "DELETE FROM spending WHERE RoomKey = $room",
        "DELETE FROM agents WHERE RoomKey = $room",
        "DELETE FROM run_groups WHERE RoomKey = $room",
        "DELETE FROM hidden_runs WHERE RoomKey = $room",
        "DELETE FROM return_links WHERE MemberId IN (SELECT Id FROM members WHERE RoomKey = $room)",
        $"DELETE FROM attendance WHERE rowid IN (SELECT rowid FROM attendance WHERE RoomKey = $room LIMIT {MaxRows})",
        $"""
        UPDATE members SET Name = '', NameKey = NULL, NameLook = NULL
        WHERE rowid IN (SELECT rowid FROM members WHERE RoomKey = $room AND Name <> '' LIMIT {MaxRows})
        """,
        "UPDATE rooms SET HasRemains = 0 WHERE Key = $room",
    ];

    /// <summary>Removes one slice; returns false if there was nothing to remove.</summary>
    public static bool RemoveSlice(SqliteTransaction transaction)
    {
        using var command = new SqliteCommand("SELECT Key FROM rooms WHERE HasRemains LIMIT 1", transaction.Connection, transaction);
        if (command.ExecuteScalar() is not long room)
            return false;

        command.Parameters.AddWithValue("$room", room);
        foreach (var slice in Slices)
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
