using Swarms.Hub.Diagnostics;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Operations;

/// <summary>Puts the state of the whole hub together. Safe from any thread.</summary>
internal sealed class Overview(
    IHubStore store, ISpendingStore spending, RoomRegistry loaded, IRoomDirectory rooms, RunRegistry runs, RunQueue queue,
    PresenceRegistry presence, ICommitQueue commits, RecentProblems problems, HubMetrics metrics, IEnumerable<IReadiness> parts,
    TimeProvider time)
{
    private const int Days = 7;
    private const int MaxRooms = 50;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public async Task<HubOverview> ReadAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var days = await spending.ListDaysAsync(today.AddDays(1 - Days), cancellationToken);
        var (allRooms, members) = await store.CountAsync(cancellationToken);
        var (bytes, free) = store.Measure();
        var open = runs.All();
        var counts = queue.Count();
        return new HubOverview
        {
            Version = BuildGauges.Version,
            StartedAt = _startedAt,
            Obstacles = [.. parts.Select(part => part.FindObstacle()).OfType<string>()],
            Rooms = allRooms,
            LoadedRooms = loaded.Count,
            Members = members,
            Viewers = metrics.Viewers,
            Runs = new(counts.Running, counts.Queued, counts.Waiting, open.Count(run => run.IsProposed)),
            Spending = [.. days.Select(day => new OverviewDay(day.Day, day.Tokens, day.Cost))],
            Store = new(bytes, free, store.MinFreeBytes, commits.FailingSince),
            BusyRooms = await ListBusyAsync(open, cancellationToken),
            Problems = problems.List(),
        };
    }

    private async Task<IReadOnlyList<OverviewRoom>> ListBusyAsync(IReadOnlyList<ActiveRun> open, CancellationToken cancellationToken)
    {
        var openRuns = open.CountBy(run => run.Log.Id).ToDictionary();
        var busiest = presence.Rooms.Concat(openRuns.Keys).Distinct()
            .Select(id => (Id: id, Watching: presence.Read(id).Members.Count))
            .OrderByDescending(room => room.Watching).ThenBy(room => room.Id, StringComparer.Ordinal)
            .Take(MaxRooms);
        var listed = new List<OverviewRoom>();
        foreach (var (id, watching) in busiest)
        {
            // A room may be deleted meanwhile.
            using var lease = await rooms.TryOpenAsync(id, cancellationToken);
            if (lease is not null)
            {
                listed.Add(lease.Log.Query(state => new OverviewRoom(
                    id, state.Room.Name, state.Members.Count, watching, openRuns.GetValueOrDefault(id),
                    state.Spending?.Total.TotalTokens ?? 0)));
            }
        }

        return listed;
    }
}
