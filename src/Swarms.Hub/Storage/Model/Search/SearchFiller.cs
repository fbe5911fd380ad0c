using System.Data.Common;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Reads the log behind the writer and keeps the index, in slices small enough to go between two commits. The writer's loop calls it; only
/// <see cref="IsBehind(long)"/> is for any thread. How far it came is stored in the slice's own transaction, so it goes on after a crash or
/// a restored copy.
/// </summary>
internal sealed partial class SearchFiller(ILogger<SearchFiller> logger)
{
    // A slice adds or removes about this many letters, so that the next commit waits for little.
    private const int MaxUnits = 4_096;

    // Most events are chunks, which are only passed over.
    private const int MaxEvents = 1_024;
    private const int MaxRooms = 64;

    // The part of a document's number in a step.
    private const int StepBits = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<long> _order = [];
    private readonly HashSet<long> _behind = [];
    private readonly List<long> _done = [];
    private bool _hasLooked;
    private bool _isRebuilt;
    private bool _isGivenUp;

    /// <summary>True while there is something to add: the index lacks something of a room, or nobody has looked since the start.</summary>
    public bool IsAnyBehind
    {
        get
        {
            lock (_lock)
                return !_isGivenUp && (!_hasLooked || _order.Count > 0);
        }
    }

    /// <summary>True while the index lacks something of the room.</summary>
    public bool IsBehind(long roomKey)
    {
        lock (_lock)
            return _isGivenUp || !_hasLooked || _behind.Contains(roomKey);
    }

    /// <summary>Notes what a transaction is about to make visible.</summary>
    public void Note(RoomWrite room)
    {
        if (!room.Events.Any(pending => SearchChanges.Types.Contains(pending.Type)))
            return;

        lock (_lock)
        {
            if (!_isGivenUp && _behind.Add(room.Key))
                _order.AddLast(room.Key);
        }
    }

    /// <summary>
    /// Adds the next slice in the current transaction; <see cref="Stored"/> follows once it is stored. Returns true if it removed anything.
    /// </summary>
    public bool Fill(DbConnection connection)
    {
        _done.Clear();
        Look(connection);
        var slice = new Slice();
        while (slice.IsOpen && Next() is { } room)
        {
            if (!FillRoom(connection, room, slice))
                break;

            _done.Add(room);
            slice.Rooms++;
        }

        return slice.HasRemoved;
    }

    /// <summary>Notes that the slice is stored.</summary>
    public void Stored()
    {
        lock (_lock)
        {
            foreach (var room in _done)
            {
                _behind.Remove(room);
                _order.Remove(room);
            }
        }

        _done.Clear();
    }

    /// <summary>
    /// Makes an index anew that was found to be damaged, in the current transaction. Damage that a new index does not mend is in the
    /// other tables: the second time in this process the filler gives up, so that it does not rebuild for ever. A search reads what the
    /// index lacks from the log.
    /// </summary>
    public void Rebuild(DbConnection connection, Action<DbConnection> makeTables)
    {
        if (_isRebuilt)
        {
            Log.GivenUp(logger);
            lock (_lock)
                _isGivenUp = true;
            return;
        }

        _isRebuilt = true;
        Log.Rebuilt(logger);
        makeTables(connection);
        lock (_lock)
            _hasLooked = false;
    }

    private long? Next()
    {
        lock (_lock)
        {
            foreach (var room in _order)
            {
                if (!_done.Contains(room))
                    return room;
            }
        }

        return null;
    }

    // After a start or a rebuilt index any room may be behind. A lane's text is held back, so lanes are not searched.
    private void Look(DbConnection connection)
    {
        if (_hasLooked)
            return;

        var rooms = connection.Query(
            """
            SELECT room.Key FROM rooms AS room LEFT JOIN search_progress AS progress ON progress.RoomKey = room.Key
            WHERE room.DeletedAt IS NULL AND room.LaneRoomKey IS NULL
                AND coalesce((SELECT max(Sequence) FROM events WHERE RoomKey = room.Key), 0) > coalesce(progress.Through, 0)
            ORDER BY room.Key DESC
            """,
            row => row.GetInt64(0));
        lock (_lock)
        {
            foreach (var room in rooms.Where(_behind.Add))
                _order.AddLast(room);

            _hasLooked = true;
        }
    }

    // True once nothing of the room is missing.
    private bool FillRoom(DbConnection connection, long roomKey, Slice slice)
    {
        const string Head =
            "SELECT coalesce((SELECT max(Sequence) FROM events WHERE RoomKey = $1), 0) FROM rooms "
            + "WHERE Key = $1 AND DeletedAt IS NULL AND LaneRoomKey IS NULL";
        if (connection.Query(Head, row => row.GetInt64(0), roomKey) is not [var head])
            return true;

        var (through, step) = connection
            .Query("SELECT Through, Step FROM search_progress WHERE RoomKey = $1", row => (row.GetInt64(0), row.GetInt32(1)), roomKey)
            .FirstOrDefault();
        var end = Math.Min(head, through + MaxEvents);
        var events = connection.Query(
            "SELECT Sequence, Type, Run, Data FROM events WHERE RoomKey = $1 AND Sequence > $2 AND Sequence <= $3 AND Type <> 'chunk' "
            + "ORDER BY Sequence",
            row => (
                Sequence: row.GetInt64(0), Type: row.GetString(1), Run: row.IsDBNull(2) ? null : row.GetString(2),
                Data: SearchChanges.Types.Contains(row.GetString(1)) ? row.GetString(3) : ""),
            roomKey, through, end);
        foreach (var one in events.Where(one => one.Data.Length > 0))
        {
            var left = Index(
                connection, roomKey, one.Sequence, one.Type, () => SearchChanges.Of(one.Type, one.Sequence, one.Run, one.Data), step,
                slice);
            if (left is { } next)
            {
                SearchTables.Save(connection, roomKey, one.Sequence - 1, next);
                return false;
            }

            (through, step) = (one.Sequence, 0);
            if (!slice.IsOpen)
            {
                SearchTables.Save(connection, roomKey, through, 0);
                return through == head;
            }
        }

        slice.Events += (int)(end - through);
        SearchTables.Save(connection, roomKey, end, 0);
        return end == head;
    }

    // Returns the step to go on with; null if all is done. A text that cannot be read must not stop the index or the writer.
    private int? Index(
        DbConnection connection, long roomKey, long sequence, string type, Func<IReadOnlyList<(string Kind, string Item)>> changed,
        int step, Slice slice)
    {
        try
        {
            var items = changed();
            for (var i = step >> StepBits; i < items.Count; i++)
            {
                var part = step & ((1 << StepBits) - 1);
                step = 0;
                if (Write(connection, roomKey, type, items[i], part, slice) is { } next)
                    return (i << StepBits) | next;
            }
        }
        catch (Exception e) when (e is not DbException)
        {
            Log.NotIndexed(logger, roomKey, sequence, e);
        }

        return null;
    }

    private static int? Write(
        DbConnection connection, long roomKey, string type, (string Kind, string Item) item, int part, Slice slice)
    {
        var document = SearchDocuments.Find(connection, roomKey, item.Kind, item.Item);
        // The run's ending follows in the log, and brings all of it.
        if (document is { Kind: SearchKinds.Run, IsOpen: false } && SearchChanges.IsBeforeEnding(type))
            return null;

        if (part == 0 && !Remove(connection, roomKey, item, slice))
            return 0;

        if (document is null || !SearchPieceId.Fits(roomKey, document.Sequence))
            return null;

        var pieces = SearchPiece.Cut(document);
        for (var i = part; i < pieces.Count; i++)
        {
            if (!slice.IsOpen)
                return i;

            SearchTables.Insert(connection, roomKey, document, pieces[i]);
            slice.Units += pieces[i].Length;
        }

        return null;
    }

    // False if there is more than the slice may remove.
    private static bool Remove(DbConnection connection, long roomKey, (string Kind, string Item) item, Slice slice)
    {
        foreach (var (id, length) in SearchTables.FindPieces(connection, roomKey, item))
        {
            if (!slice.IsOpen)
                return false;

            connection.Execute("DELETE FROM search_pieces WHERE Id = $1", id);
            slice.Units += length;
            slice.HasRemoved = true;
        }

        return true;
    }

    private sealed class Slice
    {
        public int Units;
        public int Events;
        public int Rooms;

        public bool HasRemoved;

        public bool IsOpen => Units < MaxUnits && Events < MaxEvents && Rooms < MaxRooms;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The search index was damaged; it is made anew from the log.")]
        public static partial void Rebuilt(ILogger logger);

        [LoggerMessage(
            3, LogLevel.Error,
            "The database is damaged where the search reads it; the search stays incomplete. Stop the hub and run its verify command.")]
        public static partial void GivenUp(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Event {Sequence} of the room with key {Room} could not be read for the search.")]
        public static partial void NotIndexed(ILogger logger, long room, long sequence, Exception exception);
    }
}
