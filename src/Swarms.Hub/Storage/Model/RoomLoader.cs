using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Rebuilds a room's fold from tables and few events, so that a room with a million events loads like one with a thousand. Members, agents
/// and ended runs come from their tables, the newest messages and their reactions from people's events, open runs from their own events.
/// Safe from any thread.
/// </summary>
internal static class RoomLoader
{
    public static async Task<StoredRoom> LoadAsync(HubDbContext context, RoomRow room, CancellationToken cancellationToken)
    {
        var events = context.Events.Where(e => e.RoomKey == room.Key);
        var sequence = await events.MaxAsync(e => (long?)e.Sequence, cancellationToken) ?? room.OriginSequence;
        var head = new LogPosition(sequence, await LinkReader.FindAsync(context, room, sequence, cancellationToken));
        var runs = await LoadRunsAsync(context, room.Key, cancellationToken);
        var roomOfLane = room.LaneRoomKey is { } parent
            ? await context.Rooms.Where(r => r.Key == parent).Select(r => r.Id).FirstAsync(cancellationToken)
            : null;
        var state = new RoomState(new RoomFrame
        {
            Kind = FrameKinds.Snapshot,
            Cursor = "",
            Room = room.ToRoom(roomOfLane),
            Members = await LoadMembersAsync(context, room.Key, cancellationToken),
            Runs = [.. runs.Select(run => run.Run)],
            Agents = await LoadAgentsAsync(context, room.Key, cancellationToken),
            Groups = await LoadGroupsAsync(context, room.Key, runs, cancellationToken),
            Spending = (await context.Spending.FindAsync([room.Key], cancellationToken))?.Read(),
        });
        if (roomOfLane is not null)
            await FoldDecisionsAsync(events, state, cancellationToken);

        await FoldMessagesAsync(events, state, FirstOfText(runs), cancellationToken);
        return new StoredRoom(room.Key, head, await AddFormerMembersAsync(context, room.Key, state, cancellationToken));
    }

    private static async Task<RoomState> AddFormerMembersAsync(
        HubDbContext context, long roomKey, RoomState state, CancellationToken cancellationToken)
    {
        var folded = state.ToSnapshot("", SnapshotReasons.First);
        var named = folded.Runs!.SelectMany(run => new[] { run.By, run.CancelledBy, run.HiddenBy, run.RemovedBy }
                .Concat((run.Reactions ?? []).SelectMany(reaction => reaction.By)))
            .Concat(folded.Messages!.SelectMany(message =>
                message.Reactions.SelectMany(reaction => reaction.By).Append(message.By).Append(message.RemovedBy)))
            .Concat(folded.Groups!.SelectMany(group => group.Votes.SelectMany(votes => votes.By).Append(group.By).Append(group.RevealedBy)))
            .OfType<string>()
            .Where(id => state.FindMember(id) is null)
            .ToHashSet();
        if (named.Count == 0)
            return state;

        var rows = await context.Members
            .Where(m => m.RoomKey == roomKey && m.HasLeft && named.Contains(m.Id))
            .ToListAsync(cancellationToken);
        var former = rows
            .Select(m => new FormerMember(m.Id, m.Name, m.JoinedAt))
            .OrderBy(member => member.JoinedAt)
            .ThenBy(member => member.Id, StringComparer.Ordinal)
            .TakeLast(RoomState.MaxFormerMembers);
        return new RoomState(folded with { FormerMembers = [.. former] });
    }

    private static async Task<List<Member>> LoadMembersAsync(HubDbContext context, long roomKey, CancellationToken cancellationToken)
    {
        var rows = await context.Members
            .Where(m => m.RoomKey == roomKey && !m.HasLeft)
            .OrderBy(m => m.FirstSequence)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(m => new Member
        {
            Id = m.Id,
            Name = m.Name,
            Role = m.Role,
            JoinedAt = m.JoinedAt,
            HandRaised = m.HandRaised,
            Unmoderated = m.Unmoderated,
            HandRaisedAt = m.HandRaisedAt,
        });
    }

    private static async Task<List<RoomAgent>> LoadAgentsAsync(
        HubDbContext context, long roomKey, CancellationToken cancellationToken)
    {
        var rows = await context.Agents.Where(a => a.RoomKey == roomKey).OrderBy(a => a.FirstSequence).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToAgent());
    }

    // A group is here as long as one of its runs is.
    private static async Task<List<RunGroup>> LoadGroupsAsync(
        HubDbContext context, long roomKey, List<QueuedRun> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Run.Group?.Id).OfType<string>().Distinct().ToList();
        if (ids.Count == 0)
            return [];

        var rows = await context.RunGroups.Where(g => g.RoomKey == roomKey && ids.Contains(g.Id))
            .OrderBy(g => g.FirstSequence).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToGroup());
    }

    private static async Task<List<QueuedRun>> LoadRunsAsync(HubDbContext context, long roomKey, CancellationToken cancellationToken)
    {
        var runs = context.Runs.Where(r => r.RoomKey == roomKey);
        var open = await runs.Where(r => !r.HasEnded).ToListAsync(cancellationToken);
        var ended = await runs.Where(r => r.HasEnded).OrderByDescending(r => r.FirstSequence).Take(RoomState.MaxEndedRuns)
            .Select(r => new RunRow
            {
                Id = r.Id,
                RoomKey = r.RoomKey,
                HasEnded = true,
                FirstSequence = r.FirstSequence,
                Task = "",
                View = r.View,
            })
            .ToListAsync(cancellationToken);

        // Reads the newest texts, as far as the fold keeps them, with one query each, so that no other text is read. The fold shortens the
        // tasks of runs without one.
        var length = 0L;
        foreach (var row in ended)
        {
            var run = RunRow.ParseView(row.View);
            length += run.Task.Length + (run.Asked?.Task.Length ?? 0) + (run.TextLength ?? 0);
            row.Text = length > RoomState.MaxEndedTextLength
                ? null
                : await runs.Where(r => r.Id == row.Id).Select(r => r.Text).FirstAsync(cancellationToken);
            length += row.Text?.Length ?? 0;
            if (length > RoomState.MaxEndedTextLength)
                row.Text = null;
        }

        var loaded = ended.ConvertAll(row => new QueuedRun(row.FirstSequence, row.ToRun()));
        foreach (var row in open)
            loaded.Add(new QueuedRun(row.FirstSequence, await FoldRunAsync(context, row, cancellationToken)));

        return [.. loaded.OrderBy(run => run.FirstSequence)];
    }

    private static async Task<Run> FoldRunAsync(HubDbContext context, RunRow row, CancellationToken cancellationToken)
    {
        RunState? run = null;
        var events = context.Events
            .Where(e => e.RoomKey == row.RoomKey && e.Sequence >= row.FirstSequence && e.Run == row.Id)
            .OrderBy(e => e.Sequence);
        await foreach (var stored in events.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (run is null)
                run = RunState.FromFirst(stored.ToRoomEvent());
            else
                run.Apply(stored.ToRoomEvent());
        }

        return run!.ToRun();
    }

    // A lane's decisions are no events of its run. Applied twice, they change nothing more.
    private static async Task FoldDecisionsAsync(IQueryable<EventRow> events, RoomState state, CancellationToken cancellationToken)
    {
        var rows = events
            .Where(e => e.Run == null && (e.Type == EventTypes.LaneMasked || e.Type == EventTypes.LaneReleased))
            .OrderBy(e => e.Sequence);
        await foreach (var stored in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Apply(stored.ToRoomEvent());
    }

    // Only the passages of texts that are kept can have reactions.
    private static long FirstOfText(List<QueuedRun> runs) => runs.Find(run => run.Run.Text is not null)?.FirstSequence ?? long.MaxValue;

    private static async Task FoldMessagesAsync(
        IQueryable<EventRow> events, RoomState state, long firstOfText, CancellationToken cancellationToken)
    {
        var people = events.Where(e => e.Run == null);
        var messages = await people.Where(e => e.Type == EventTypes.Message).OrderByDescending(e => e.Sequence)
            .Take(RoomState.MaxMessages).Select(e => e.Sequence).ToListAsync(cancellationToken);
        var firstMessage = messages.Count == 0 ? long.MaxValue : messages[^1];
        var first = Math.Min(firstMessage, firstOfText);
        // The first condition lets the index end the search where nothing older counts.
        var rows = people
            .Where(e => e.Sequence >= first)
            .Where(e =>
                (e.Sequence >= firstMessage
                    && (e.Type == EventTypes.Message || e.Type == EventTypes.MessageEdited || e.Type == EventTypes.MessageRemoved))
                || e.Type == EventTypes.Reaction || e.Type == EventTypes.ReactionRemoved)
            .OrderBy(e => e.Sequence);
        await foreach (var stored in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            state.Apply(stored.ToRoomEvent());
    }
}
