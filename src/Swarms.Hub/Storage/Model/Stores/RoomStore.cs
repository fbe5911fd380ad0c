using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads rooms, events and runs on its own connections, without blocking the writer. Safe from any thread.</summary>
internal sealed class RoomStore(HubDatabase database, SearchedRuns searched) : IRoomStore, IDisposable
{
    // The parallel reads of history. More would take the cores of a small server, which has 4, from live delivery.
    private readonly ReadThreads _history = new("History", 2);

    public Task<StoredRoom?> LoadAsync(string roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<StoredRoom?>(async context =>
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            // In one transaction all parts show the same commit.
            await using var transaction = database.BeginSnapshot(context.Database.GetDbConnection());
            await context.Database.UseTransactionAsync(transaction, cancellationToken);
            return await context.Rooms.FirstOrDefaultAsync(r => r.Id == roomId && r.DeletedAt == null, cancellationToken) is { } room
                ? await RoomLoader.LoadAsync(context, room, cancellationToken)
                : null;
        });

    public Task<CommittedBatch?> ReadAsync(
        long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken) =>
        ReadOnAsync(
            _history, context => ReadAsync(context, roomKey, after, through, limit, maxBytes, cancellationToken), cancellationToken);

    public Task<long> MeasureAsync(long roomKey, long through, CancellationToken cancellationToken) => ReadOnAsync(
        _history,
        context => context.Database
            .SqlQuery<long>(
                $"""
                SELECT COALESCE(SUM(octet_length(Data) + 128), 0) AS "Value"
                FROM events WHERE (RoomKey = {roomKey} AND Sequence <= {through})
                    OR RoomKey IN (SELECT Key FROM rooms WHERE LaneRoomKey = {roomKey} AND DeletedAt IS NULL)
                """)
            .SingleAsync(cancellationToken),
        cancellationToken);

    public Task<EventLink?> FindLinkAsync(long roomKey, long sequence, CancellationToken cancellationToken) =>
        database.ReadAsync<EventLink?>(async context =>
        {
            var room = await context.Rooms.FirstOrDefaultAsync(r => r.Key == roomKey && r.DeletedAt == null, cancellationToken);
            return room is null ? null : await LinkReader.FindAsync(context, room, sequence, cancellationToken);
        });

    public Task<DataKey?> FindDataKeyAsync(long roomKey, string runId, CancellationToken cancellationToken) =>
        database.ReadAsync<DataKey?>(async context =>
        {
            var key = await RunsOf(context, roomKey)
                .Where(r => r.Id == runId)
                .Select(r => r.DataKey)
                .FirstOrDefaultAsync(cancellationToken);
            return key is null ? null : new DataKey(key);
        });

    public Task<Run?> FindRunAsync(string roomId, string runId, CancellationToken cancellationToken) =>
        ReadOnAsync<Run?>(_history, async context =>
        {
            var row = await RunsOf(context, roomId).FirstOrDefaultAsync(r => r.Id == runId, cancellationToken);
            return row?.ToRun();
        }, cancellationToken);

    public Task<IReadOnlyList<Run>?> ListRunsAsync(
        string roomId, RunFilter filter, int limit, CancellationToken cancellationToken) =>
        filter.Text is { Length: > 0 } ? searched.ListAsync(roomId, filter, limit, cancellationToken) :
        ReadOnAsync<IReadOnlyList<Run>?>(_history, async context =>
        {
            var runs = RunsOf(context, roomId);
            if (filter.Before is { Length: > 0 } before)
            {
                var place = await runs
                    .Where(r => r.Id == before)
                    .Select(r => (long?)r.FirstSequence)
                    .FirstOrDefaultAsync(cancellationToken);
                if (place is null)
                    return null;

                runs = runs.Where(r => r.FirstSequence < place);
            }

            if (filter.Thread is { Length: > 0 } thread)
                runs = runs.Where(r => r.ThreadRoot == thread || r.Id == thread);

            var views = await runs.OrderByDescending(r => r.FirstSequence).Take(limit).Select(r => r.View).ToListAsync(cancellationToken);
            return views.ConvertAll(view => RunRow.ParseView(view) with { Parts = null });
        }, cancellationToken);

    public Task<IReadOnlyList<RoomEvent>> ReadPeopleAsync(
        long roomKey, long after, long through, int limit, CancellationToken cancellationToken) =>
        ReadOnAsync<IReadOnlyList<RoomEvent>>(_history, async context =>
        {
            var rows = await EventsOf(context, roomKey)
                .Where(e => e.Run == null && e.Sequence > after && e.Sequence <= through)
                .OrderBy(e => e.Sequence)
                .Take(limit)
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row => row.ToRoomEvent());
        }, cancellationToken);

    public Task<IReadOnlyList<Message>> ReadMessagesAsync(
        long roomKey, long after, long before, int limit, CancellationToken cancellationToken) =>
        ReadOnAsync(
            _history,
            context => MessageReader.ReadAsync(
                context,
                EventsOf(context, roomKey).Where(e => e.Sequence > after && e.Sequence < before),
                limit,
                cancellationToken),
            cancellationToken);

    public Task<int> CountMessagesAsync(long roomKey, long after, CancellationToken cancellationToken) => ReadOnAsync(
        _history,
        context => EventsOf(context, roomKey)
            .CountAsync(e => e.Run == null && e.Type == EventTypes.Message && e.Sequence > after, cancellationToken),
        cancellationToken);

    public Task<IReadOnlySet<long>> FindReactionsAsync(long roomKey, long after, long before, CancellationToken cancellationToken) =>
        ReadOnAsync<IReadOnlySet<long>>(_history, async context =>
        {
            var ofEvents = context.Reactions.Where(r => r.RoomKey == roomKey).Select(r => r.Sequence);
            var ofPassages = context.PassageReactions.Where(r => r.RoomKey == roomKey).Select(r => r.Sequence);
            return (await ofEvents.Where(sequence => sequence > after && sequence < before).ToListAsync(cancellationToken))
                .Concat(await ofPassages.Where(sequence => sequence > after && sequence < before).ToListAsync(cancellationToken))
                .ToHashSet();
        }, cancellationToken);

    public Task<IReadOnlyList<RoomEvent>> ReadChunksAsync(
        long roomKey, string runId, long after, int limit, CancellationToken cancellationToken) =>
        ReadOnAsync<IReadOnlyList<RoomEvent>>(_history, async context =>
        {
            var first = await RunsOf(context, roomKey).Where(r => r.Id == runId).Select(r => (long?)r.FirstSequence)
                .FirstOrDefaultAsync(cancellationToken);
            if (first is null)
                return [];

            var rows = await EventsOf(context, roomKey)
                .Where(e => e.Sequence > Math.Max(after, first.Value) && e.Run == runId && e.Type == EventTypes.Chunk)
                .OrderBy(e => e.Sequence)
                .Take(limit)
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row => row.ToRoomEvent());
        }, cancellationToken);

    public Task<QueuedRun?> FindNextRunAsync(long roomKey, long after, CancellationToken cancellationToken) =>
        ReadOnAsync<QueuedRun?>(_history, async context =>
        {
            var row = await RunsOf(context, roomKey)
                .Where(r => r.FirstSequence > after)
                .OrderBy(r => r.FirstSequence)
                .FirstOrDefaultAsync(cancellationToken);
            return row is null ? null : new QueuedRun(row.FirstSequence, row.ToRun());
        }, cancellationToken);

    public Task<(string RunId, byte[] RequestHash)?> FindRunKeyAsync(string memberId, string key, CancellationToken cancellationToken) =>
        database.ReadAsync<(string RunId, byte[] RequestHash)?>(async context =>
        {
            var row = await context.RunKeys
                .Where(k => k.MemberId == memberId && k.Key == key)
                .Where(k => context.Rooms.Any(room => room.Key == k.RoomKey && room.DeletedAt == null))
                .FirstOrDefaultAsync(cancellationToken);
            return row is null ? null : (row.RunId, row.RequestHash);
        });

    public Task<IReadOnlyList<string>> FindIdleRoomsAsync(
        DateTimeOffset since, long? retentionSeconds, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(async context =>
        {
            return await context.Rooms
                .Where(room => room.DeletedAt == null && room.LaneRoomKey == null && room.CreatedAt < since
                    && (retentionSeconds == null || room.RetentionSeconds == retentionSeconds)
                    && context.Events.Where(e => e.RoomKey == room.Key && (e.By != null || e.Run != null))
                        .OrderByDescending(e => e.Sequence).Select(e => (DateTimeOffset?)e.At).FirstOrDefault() < since
                    && !context.Runs.Any(run => run.RoomKey == room.Key && !run.HasEnded))
                .OrderBy(room => room.Key).Select(room => room.Id).Take(limit).ToListAsync(cancellationToken);
        });

    public Task<IReadOnlyList<long>> ListRetentionsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<long>>(async context =>
        {
            return await context.Rooms.Where(room => room.DeletedAt == null && room.RetentionSeconds != null)
                .Select(room => room.RetentionSeconds!.Value).Distinct().ToListAsync(cancellationToken);
        });

    public Task<IReadOnlyList<string>> FindRoomsWithOpenRunsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<string>>(connection => connection.Query(
            """
            SELECT DISTINCT room.Id FROM runs AS run JOIN rooms AS room ON room.Key = run.RoomKey
            WHERE NOT run.HasEnded AND room.DeletedAt IS NULL AND room.LaneRoomKey IS NULL
            """,
            row => row.GetString(0))));

    public Task<RoomLane?> FindLaneAsync(string laneId, CancellationToken cancellationToken) =>
        database.ReadAsync<RoomLane?>(async context =>
        {
            return await context.Rooms.Where(lane => lane.Id == laneId && lane.DeletedAt == null && lane.LaneRoomKey != null)
                .Join(context.Rooms.Where(room => room.DeletedAt == null), lane => lane.LaneRoomKey, room => room.Key, (lane, room) =>
                    new RoomLane(room.Id, lane.LaneRunId!))
                .FirstOrDefaultAsync(cancellationToken);
        });

    public Task<IReadOnlyList<string>> FindUnfinishedLanesAsync(CancellationToken cancellationToken) =>
        // The settings are JSON that the hub itself wrote.
        Task.FromResult(database.Read<IReadOnlyList<string>>(connection => connection.Query(
            """
            SELECT lane.Id FROM rooms AS lane
            WHERE lane.LaneRoomKey IS NOT NULL AND lane.DeletedAt IS NULL AND (
                lane.Settings NOT LIKE '%"keepLane":true%'
                OR EXISTS (SELECT 1 FROM runs WHERE RoomKey = lane.Key AND NOT HasEnded)
                OR NOT EXISTS (SELECT 1 FROM runs WHERE RoomKey = lane.LaneRoomKey AND Id = lane.LaneRunId))
            """,
            row => row.GetString(0))));

    public void Dispose() => _history.Dispose();

    private Task<T> ReadOnAsync<T>(ReadThreads threads, Func<HubDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        threads.RunAsync(() => database.ReadAsync(read), cancellationToken);

    private static async Task<CommittedBatch?> ReadAsync(
        HubDbContext context, long roomKey, long after, long through, int limit, int maxBytes, CancellationToken cancellationToken)
    {
        var rows = EventsOf(context, roomKey)
            .Where(e => e.Sequence > after && e.Sequence <= through)
            .OrderBy(e => e.Sequence)
            .Take(limit);
        var (first, weight) = (0L, 0);
        var read = new List<PendingEvent>();
        var links = new List<EventLink?>();
        var unlinked = new List<(int Index, EventRow Row)>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var pending = row.ToPending();
            weight += pending.Weight;
            if (read.Count > 0 && weight > maxBytes)
                break;

            if (read.Count == 0)
                first = row.Sequence;

            // A removed event must not pass its number on to the next one.
            if (row.Sequence != first + read.Count)
                break;

            read.Add(pending);
            links.Add(EventLink.Read(row.Link));
            if (row.Link is null)
                unlinked.Add((read.Count - 1, row));
        }

        // A connection to PostgreSQL answers one question at a time.
        foreach (var (index, row) in unlinked)
            links[index] = await FindLinkAsync(context, row, index == 0 ? null : links[index - 1], cancellationToken);

        return read.Count == 0 ? null : CommittedBatch.Encode(first, read, links);
    }

    private static async Task<EventLink?> FindLinkAsync(
        HubDbContext context, EventRow row, EventLink? before, CancellationToken cancellationToken)
    {
        if (before is { } link)
            return LinkReader.Follow(link, row);

        var room = await context.Rooms.FirstOrDefaultAsync(r => r.Key == row.RoomKey, cancellationToken);
        return room is null ? null : await LinkReader.FindAsync(context, room, row.Sequence, cancellationToken);
    }

    // The rows of a deleted room are removed bit by bit, but are hidden from everybody at once.
    private static IQueryable<EventRow> EventsOf(HubDbContext context, long roomKey) =>
        context.Events.Where(e => e.RoomKey == roomKey && context.Rooms.Any(room => room.Key == roomKey && room.DeletedAt == null));

    private static IQueryable<RunRow> RunsOf(HubDbContext context, long roomKey) =>
        context.Runs.Where(r => r.RoomKey == roomKey && context.Rooms.Any(room => room.Key == roomKey && room.DeletedAt == null));

    private static IQueryable<RunRow> RunsOf(HubDbContext context, string roomId) =>
        from run in context.Runs
        join room in context.Rooms on run.RoomKey equals room.Key
        where room.Id == roomId && room.DeletedAt == null
        select run;
}
