using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// Takes an export into the database of a stopped hub, in one transaction. The room keeps its ids, events, keys and links, and one event
/// of the hub archives it. Nobody has access: an export holds no token, invite or secret. Used by one command.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="context">The tables, on that connection.</param>
/// <param name="export">The export.</param>
/// <param name="now">The time of the event that archives the room.</param>
internal sealed class RoomImport(DbConnection connection, HubDbContext context, ExportFile export, DateTimeOffset now)
{
    // SQLite takes fewer values in one statement than a room may have members.
    private const int MaxIds = 500;

    /// <summary>
    /// Imports the room and returns its name. Refuses ids that the database knows with <c>conflict</c>, and changes nothing then.
    /// </summary>
    public string Run()
    {
        using var transaction = connection.BeginTransaction();
        context.Database.UseTransaction(transaction);
        if (context.Database.GetPendingMigrations().Any())
        {
            throw new CommandRefusedException(
                "The database is of an earlier version: a hub that is started on it once brings it up to date.");
        }

        RefuseKnown(context.Rooms.Any(row => row.Id == export.Header.RoomId) ? export.Header.RoomId : null, "room");
        var key = NextKey();
        RebuiltRoom? room = null;
        var head = export.Header.Origin;
        using var insert = PrepareInsert();
        foreach (var logged in export.ReadEvents())
        {
            var said = ToEvent(logged);
            room ??= new RebuiltRoom(key, new Room { Id = export.Header.RoomId, Name = "", CreatedAt = said.At });
            room.Apply(said);
            Insert(insert, key, logged);
            head = logged.Link is { } link ? new LogPosition(logged.Sequence, EventLink.Read(link)) : head;
        }

        if (room is null)
            throw new CommandRefusedException("The export has no event.");

        RefuseKnown(FindKnown(room.MemberIds, ids => context.Members.Where(row => ids.Contains(row.Id)).Select(row => row.Id)), "member");
        RefuseKnown(FindKnown(room.RunIds, ids => context.Runs.Where(row => ids.Contains(row.Id)).Select(row => row.Id)), "run");
        if (Archive(room.Room, head) is { } archived)
        {
            room.Apply(ToEvent(archived));
            Insert(insert, key, archived);
        }

        room.AddTo(context, export.Header.Origin.Sequence, export.Header.Origin.Link!.Value.ToBytes(), export.RunKeys);
        context.SaveChanges();
        transaction.Commit();
        return room.Room.Name;
    }

    // The hub deletes what was not used for long, and an import is to stay.
    private LoggedEvent? Archive(Room room, LogPosition head)
    {
        var settings = room.Settings ?? RoomSettings.Initial;
        if (settings is { Archived: true, RetentionSeconds: null })
            return null;

        var chosen = settings.FromRoom.Except(["retentionSeconds"]).Append("archived").Distinct().Order(StringComparer.Ordinal);
        var changed = settings with { Archived = true, RetentionSeconds = null, FromRoom = [.. chosen] };
        var said = PendingEvent.Create(now, EventTypes.RoomChanged, by: null, new RoomPayload(room.Name, changed));
        var sequence = head.Sequence + 1;
        return new LoggedEvent(
            sequence, said.At.ToUnixTimeMilliseconds(), said.Type, Run: null, By: null, Encoding.UTF8.GetString(said.Data.Span),
            head.Link!.Value.Next(sequence, said).ToBytes(), said.Key!.Value.Bytes.ToArray(), Digest: null);
    }

    private static RoomEvent ToEvent(LoggedEvent logged) => RowOf(0, logged).ToRoomEvent();

    private static EventRow RowOf(long key, LoggedEvent logged) => new()
    {
        RoomKey = key,
        Sequence = logged.Sequence,
        At = DateTimeOffset.FromUnixTimeMilliseconds(logged.At),
        Type = logged.Type,
        Run = logged.Run,
        By = logged.By,
        Data = logged.Data,
    };

    private long NextKey() => context is PostgreSqlDbContext
        ? connection.Query($"SELECT nextval('{PostgreSqlDbContext.RoomKeys}')", row => row.GetInt64(0))[0]
        : (context.Rooms.Max(row => (long?)row.Key) ?? 0) + 1;

    private DbCommand PrepareInsert()
    {
        var insert = connection.CreateCommand();
        insert.CommandText =
            """
            INSERT INTO events (RoomKey, Sequence, At, Type, Run, "by", Data, Link, Key, Digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;
        for (var i = 0; i < 10; i++)
            insert.AddParameter(DBNull.Value);

        return insert;
    }

    private static void Insert(DbCommand insert, long key, LoggedEvent logged)
    {
        object?[] values =
        [
            key, logged.Sequence, logged.At, StoredText.Encode(logged.Type), logged.Run, logged.By, logged.Data, logged.Link, logged.Key,
            logged.Digest,
        ];
        for (var i = 0; i < values.Length; i++)
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;

        insert.ExecuteNonQuery();
    }

    private static string? FindKnown(IReadOnlyCollection<string> ids, Func<string[], IQueryable<string>> find) =>
        ids.Chunk(MaxIds).Select(some => find(some).FirstOrDefault()).FirstOrDefault(known => known is not null);

    private static void RefuseKnown(string? id, string what)
    {
        if (id is not null)
        {
            throw new CommandRefusedException(
                $"Nothing was imported ({ErrorCodes.Conflict}): the database has a {what} with the id {id} already.");
        }
    }
}
