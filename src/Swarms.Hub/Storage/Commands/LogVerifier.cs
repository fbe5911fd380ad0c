using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.Sqlite;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// Recomputes the chain of every room from one snapshot. Erased data is verified by the digest that it left and by the event that erased
/// it. Deleted rooms are skipped, because their rows are removed bit by bit.
/// </summary>
internal static class LogVerifier
{
    public static VerifiedLog Verify(SqliteConnection connection, RoomCursor? cursor = null)
    {
        // One snapshot for all rooms; it blocks no writer.
        SqliteDatabase.Execute(connection, "BEGIN");
        try
        {
            return VerifyAll(connection, cursor);
        }
        finally
        {
            SqliteDatabase.Execute(connection, "ROLLBACK");
        }
    }

    private static VerifiedLog VerifyAll(SqliteConnection connection, RoomCursor? cursor)
    {
        if (DatabaseFile.Scalar<string>(connection, "PRAGMA integrity_check(1)") is not "ok" and var damage)
            throw new CommandRefusedException($"The file is damaged: {damage.ReplaceLineEndings(" ")}.");

        if (DatabaseFile.IsOlderThanLinks(connection))
        {
            throw new CommandRefusedException(
                "The database is of a version without links: a hub that is started on it once brings it up to date.");
        }

        var verified = new VerifiedLog();
        foreach (var (key, id, origin) in ReadRooms(connection))
            Verify(connection, key, id, origin, cursor, verified);

        return verified;
    }

    private static void Verify(
        SqliteConnection connection, long key, string id, LogPosition origin, RoomCursor? cursor, VerifiedLog verified)
    {
        verified.Rooms++;
        if (origin.Link is null)
        {
            verified.Misfits.Add($"Room {id}: the link that its chain begins with is missing.");
            return;
        }

        var keys = ReadRunKeys(connection, key);
        var erasures = new ErasureClaims(keys.Keys);
        var position = origin;
        Compare(position, id, cursor, verified);
        using var command = SelectEvents(connection, key);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var sequence = rows.GetInt64(0);
            if (sequence <= origin.Sequence)
            {
                verified.OlderEvents++;
                continue;
            }

            if (Read(rows).FindMisfit(keys, erasures, position, out var next) is { } misfit)
            {
                verified.Misfits.Add($"Room {id}: {misfit}");
                return;
            }

            verified.Events++;
            position = next;
            Compare(position, id, cursor, verified);
        }

        if (erasures.FindRest() is { } rest)
            verified.Misfits.Add($"Room {id}: {rest}");
    }

    private static void Compare(LogPosition position, string id, RoomCursor? cursor, VerifiedLog verified)
    {
        if (cursor is { } held && position.IsProvenBy(held))
            verified.RoomOfCursor = id;
    }

    /// <summary>Returns the command that reads a room's events in order, each by <see cref="Read"/>.</summary>
    public static SqliteCommand SelectEvents(SqliteConnection connection, long room)
    {
        var command = new SqliteCommand(
            """SELECT Sequence, At, Type, Run, "By", Data, Link, Key, Digest FROM events WHERE RoomKey = $room ORDER BY Sequence""",
            connection);
        command.Parameters.AddWithValue("$room", room);
        return command;
    }

    public static LoggedEvent Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), StoredText.Decode(row.GetString(2)), Text(row, 3), Text(row, 4), row.GetString(5), Bytes(row, 6),
        Bytes(row, 7), Bytes(row, 8));

    /// <summary>Returns the origin and the head of a room's chain; null if it has none.</summary>
    public static (LogPosition Origin, LogPosition Head)? FindBounds(SqliteConnection connection, long room)
    {
        var origin = ReadRooms(connection).Find(found => found.Key == room).Origin;
        using var command = new SqliteCommand(
            "SELECT Sequence, Link FROM events WHERE RoomKey = $room ORDER BY Sequence DESC LIMIT 1", connection);
        command.Parameters.AddWithValue("$room", room);
        using var last = command.ExecuteReader();
        if (origin.Link is null || !last.Read() || last.GetInt64(0) < origin.Sequence)
            return null;

        var head = last.GetInt64(0) == origin.Sequence
            ? origin
            : new LogPosition(last.GetInt64(0), EventLink.Read(last.IsDBNull(1) ? null : last.GetFieldValue<byte[]>(1)));
        return head.Link is null ? null : (origin, head);
    }

    private static List<(long Key, string Id, LogPosition Origin)> ReadRooms(SqliteConnection connection)
    {
        var rooms = new List<(long, string, LogPosition)>();
        using var command = new SqliteCommand(
            "SELECT Key, Id, OriginSequence, OriginLink FROM rooms WHERE DeletedAt IS NULL ORDER BY Key", connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var link = EventLink.Read(rows.IsDBNull(3) ? null : rows.GetFieldValue<byte[]>(3));
            rooms.Add((rows.GetInt64(0), rows.GetString(1), new LogPosition(rows.GetInt64(2), link)));
        }

        return rooms;
    }

    public static Dictionary<string, byte[]?> ReadRunKeys(SqliteConnection connection, long room)
    {
        var keys = new Dictionary<string, byte[]?>();
        using var command = new SqliteCommand("SELECT Id, DataKey FROM runs WHERE RoomKey = $room", connection);
        command.Parameters.AddWithValue("$room", room);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            keys[rows.GetString(0)] = rows.IsDBNull(1) ? null : rows.GetFieldValue<byte[]>(1);

        return keys;
    }

    private static byte[]? Bytes(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
