using System.Text;
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
    private static readonly long FirstMillisecond = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

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
        using var command = new SqliteCommand(
            """SELECT Sequence, At, Type, Run, "By", Data, Link, Key, Digest FROM events WHERE RoomKey = $room ORDER BY Sequence""",
            connection);
        command.Parameters.AddWithValue("$room", key);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var sequence = rows.GetInt64(0);
            if (sequence <= origin.Sequence)
            {
                verified.OlderEvents++;
                continue;
            }

            if (FindMisfit(rows, keys, erasures, position, out var next) is { } misfit)
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

    /// <summary>Returns what is wrong with the row; or null and the position after it.</summary>
    private static string? FindMisfit(
        SqliteDataReader row, Dictionary<string, byte[]?> runKeys, ErasureClaims erasures, LogPosition before, out LogPosition after)
    {
        var sequence = row.GetInt64(0);
        after = default;
        if (sequence != before.Sequence + 1)
            return $"event {before.Sequence + 1} is missing.";

        if (row.IsDBNull(6))
            return $"event {sequence} has no link: another program wrote it.";

        if (FindDigest(row, runKeys) is not { } digest)
            return $"event {sequence} cannot be verified: the key of its data is missing.";

        var misfit = $"event {sequence} does not fit: it was changed, or stood behind another event.";
        if (row.GetInt64(1) is var at && (at < FirstMillisecond || at > LastMillisecond))
            return misfit;

        var type = StoredText.Decode(row.GetString(2));
        var link = before.Link!.Value.Next(
            sequence, DateTimeOffset.FromUnixTimeMilliseconds(at), type, Text(row, 3), Text(row, 4), digest.Span);
        after = new LogPosition(sequence, link);
        if (!row.GetFieldValue<byte[]>(6).AsSpan().SequenceEqual(link.ToBytes()))
            return misfit;

        if (!row.IsDBNull(8) && !erasures.TryAdd(sequence, type, Text(row, 3), row.GetString(5)))
            return $"event {sequence} was erased, and the data that it has is not what an erasure leaves.";

        return erasures.FindMisfit(sequence, type, row.GetString(5));
    }

    private static ReadOnlyMemory<byte>? FindDigest(SqliteDataReader row, Dictionary<string, byte[]?> runKeys)
    {
        if (!row.IsDBNull(8))
            return row.GetFieldValue<byte[]>(8);

        var key = Text(row, 3) is { } run ? runKeys.GetValueOrDefault(run) : row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7);
        return key is null ? null : new DataKey(key).Digest(Encoding.UTF8.GetBytes(row.GetString(5)));
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

    private static Dictionary<string, byte[]?> ReadRunKeys(SqliteConnection connection, long room)
    {
        var keys = new Dictionary<string, byte[]?>();
        using var command = new SqliteCommand("SELECT Id, DataKey FROM runs WHERE RoomKey = $room", connection);
        command.Parameters.AddWithValue("$room", room);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            keys[rows.GetString(0)] = rows.IsDBNull(1) ? null : rows.GetFieldValue<byte[]>(1);

        return keys;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
