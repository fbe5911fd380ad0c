using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// Recomputes the chain of every room from one snapshot. Erased data is verified by the digest that it left and by the event that erased
/// it. Deleted rooms are skipped, because their rows are removed bit by bit.
/// </summary>
internal static class LogVerifier
{
    public static VerifiedLog Verify(DbConnection connection, RoomCursor? cursor = null)
    {
        using var snapshot = BeginSnapshot(connection);
        return VerifyAll(connection, cursor);
    }

    /// <summary>Begins a transaction in which all rooms are of one moment. It blocks no writer.</summary>
    public static DbTransaction BeginSnapshot(DbConnection connection) => connection is SqliteConnection file
        ? file.BeginTransaction(deferred: true)
        : connection.BeginTransaction(IsolationLevel.RepeatableRead);

    private static VerifiedLog VerifyAll(DbConnection connection, RoomCursor? cursor)
    {
        if (connection is SqliteConnection
            && connection.Query("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"] and var damage)
        {
            throw new CommandRefusedException($"The file is damaged: {string.Join(' ', damage).ReplaceLineEndings(" ")}.");
        }

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
        DbConnection connection, long key, string id, LogPosition origin, RoomCursor? cursor, VerifiedLog verified)
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
    public static DbCommand SelectEvents(DbConnection connection, long room)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            """SELECT Sequence, At, Type, Run, "by", Data, Link, Key, Digest FROM events WHERE RoomKey = $1 ORDER BY Sequence""";
        command.AddParameter(room);
        return command;
    }

    public static LoggedEvent Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), StoredText.Decode(row.GetString(2)), Text(row, 3), Text(row, 4), row.GetString(5), Bytes(row, 6),
        Bytes(row, 7), Bytes(row, 8));

    /// <summary>Returns the origin and the head of a room's chain; null if it has none.</summary>
    public static (LogPosition Origin, LogPosition Head)? FindBounds(DbConnection connection, long room)
    {
        var origin = ReadRooms(connection).Find(found => found.Key == room).Origin;
        var found = connection.Query(
            "SELECT Sequence, Link FROM events WHERE RoomKey = $1 ORDER BY Sequence DESC LIMIT 1",
            row => new LogPosition(row.GetInt64(0), EventLink.Read(Bytes(row, 1))),
            room);
        if (origin.Link is null || found is not [var last] || last.Sequence < origin.Sequence)
            return null;

        var head = last.Sequence == origin.Sequence ? origin : last;
        return head.Link is null ? null : (origin, head);
    }

    private static List<(long Key, string Id, LogPosition Origin)> ReadRooms(DbConnection connection) => connection.Query(
        "SELECT Key, Id, OriginSequence, OriginLink FROM rooms WHERE DeletedAt IS NULL ORDER BY Key",
        row => (row.GetInt64(0), row.GetString(1), new LogPosition(row.GetInt64(2), EventLink.Read(Bytes(row, 3)))));

    public static Dictionary<string, byte[]?> ReadRunKeys(DbConnection connection, long room) => connection
        .Query("SELECT Id, DataKey FROM runs WHERE RoomKey = $1", row => (Id: row.GetString(0), Key: Bytes(row, 1)), room)
        .ToDictionary(run => run.Id, run => run.Key);

    private static byte[]? Bytes(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
