using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The sums of a room's ended runs and the reservations of the others, in memory. The sums are those of the log, and those on their way
/// into it. Safe from any thread. <see cref="Turn"/> gives the sums the order of the log.
/// </summary>
/// <param name="generation">The log's generation that it continues.</param>
/// <param name="spending">The sums of that log.</param>
/// <param name="budget">The budget of that log.</param>
internal sealed class RoomLedger(int generation, RoomSpending? spending, RoomBudget? budget)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HeldReservation> _held = [];
    private readonly List<(string Run, string Member, DateTimeOffset At)> _starts = [];
    private RoomSpending? _spending = spending;

    public int Generation { get; } = generation;

    /// <summary>True once it has the starts that the store had.</summary>
    public bool HasEarlierStarts { get; private set; }

    /// <summary>True once it has what the blind groups of the store hold. Changed by the holder of <see cref="Turn"/>.</summary>
    public bool HasKept { get; private set; }

    /// <summary>The budget for which the room was warned last. Only <see cref="BudgetWatch"/> uses it, in the writer's loop.</summary>
    public RoomBudget? Budget { get; set; } = budget;

    /// <summary>Held while an ending with its sums is handed to the writer.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>
    /// Counts the start and holds the reservation of a run. Refuses with <c>rate_limited</c> if its member started as many within the last
    /// hour, and with <c>over_budget</c> if a limit leaves too little.
    /// </summary>
    public void Enter(ActiveRun run, RoomBudget? budget, IEnumerable<BudgetLimit> limits, RunReservation? reserved, DateTimeOffset now)
    {
        lock (_lock)
        {
            _starts.RemoveAll(start => start.At <= now - Hour);
            RequireStart_NeedsLock(run.By, budget?.MemberRunsPerHour, now);
            foreach (var limit in limits)
            {
                if (limit.IsTooLow(Spent_NeedsLock(limit) + Held_NeedsLock(limit), reserved))
                    throw limit.ToRefusal();
            }

            _held.Add(run.Id, new HeldReservation(run.By, run.Request.Agent.Model, reserved));
            _starts.Add((run.Id, run.By, now));
        }
    }

    /// <summary>Adds the starts that the store has, once.</summary>
    public void AddEarlier(IEnumerable<(string Run, string Member, DateTimeOffset At)> stored)
    {
        lock (_lock)
        {
            if (HasEarlierStarts)
                return;

            _starts.InsertRange(0, stored.Where(start => !_starts.Exists(own => own.Run == start.Run)).OrderBy(start => start.At).ToList());
            HasEarlierStarts = true;
        }
    }

    /// <summary>Adds what the runs of blind groups hold that the store has, once. Called by the holder of <see cref="Turn"/>.</summary>
    public void AddKept(IEnumerable<HiddenRun> hidden)
    {
        lock (_lock)
        {
            foreach (var (revealed, by, _) in hidden)
                _held.TryAdd(revealed.Run, new HeldReservation(by, revealed.Agent.Model, revealed.Reserved) { IsKept = true });

            HasKept = true;
        }
    }

    /// <summary>Keeps what a run of a blind group holds, until the group is revealed.</summary>
    public void Keep(string runId)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(runId, out var held))
                _held[runId] = held with { IsKept = true };
        }
    }

    /// <summary>
    /// Returns an action that takes back what is settled after this call. Called by the holder of <see cref="Turn"/>, who still holds it
    /// when it runs the action.
    /// </summary>
    public Action Remember(IReadOnlyList<string> runIds)
    {
        lock (_lock)
        {
            var sums = _spending;
            var held = runIds.Where(_held.ContainsKey).ToDictionary(id => id, id => _held[id]);
            return () =>
            {
                lock (_lock)
                {
                    _spending = sums;
                    foreach (var (id, one) in held)
                        _held[id] = one;
                }
            };
        }
    }

    /// <summary>Forgets a run that was not recorded. Changes nothing once its ending was counted, or while it is kept.</summary>
    public void Leave(string runId)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(runId, out var held) && !held.IsKept && _held.Remove(runId))
                _starts.RemoveAll(start => start.Run == runId);
        }
    }

    /// <summary>Returns the limit that is reached without the run, which waited for its turn; null if none is.</summary>
    public BudgetLimit? FindReached(string runId, IEnumerable<BudgetLimit> limits)
    {
        lock (_lock)
            return limits.FirstOrDefault(limit => limit.IsReached(Spent_NeedsLock(limit) + Held_NeedsLock(limit, except: runId)));
    }

    /// <summary>Returns what counts against a limit of the room already, without what runs hold that are not over.</summary>
    public Spent SpentOf(BudgetLimit limit)
    {
        lock (_lock)
            return Spent_NeedsLock(limit);
    }

    /// <summary>
    /// Releases what the run holds, and counts it if it called the upstream. Returns the new sums and the warnings; null if nothing
    /// changed. Called by the holder of <see cref="Turn"/>.
    /// </summary>
    public (RoomSpending Sums, SpendingPayload Event, IReadOnlyList<BudgetWarnedPayload> Warnings)? Settle(
        Run ended, bool hasSpent, IReadOnlyList<BudgetLimit> limits)
    {
        lock (_lock)
        {
            _held.Remove(ended.Id);
            if (!hasSpent)
                return null;

            var before = limits.Select(Spent_NeedsLock).ToList();
            var (sums, changed) = RoomSums.Add(_spending, ended);
            _spending = sums;
            var warnings = limits.Where((limit, i) => !limit.IsNear(before[i]) && limit.IsNear(Spent_NeedsLock(limit)))
                .Select(limit => limit.ToWarning(Spent_NeedsLock(limit)));
            return (sums, changed, [.. warnings]);
        }
    }

    private void RequireStart_NeedsLock(string member, int? limit, DateTimeOffset now)
    {
        var own = _starts.Where(start => start.Member == member).ToList();
        if (limit is not { } most || own.Count < most)
            return;

        var wait = own[own.Count - most].At + Hour - now;
        throw new HubErrorException(
            ErrorCodes.RateLimited,
            $"You may start {most} runs in an hour in this room. Try again in {Math.Ceiling(wait.TotalMinutes)} min.",
            wait);
    }

    private Spent Spent_NeedsLock(BudgetLimit limit) => Spent.Of(limit.Scope switch
    {
        BudgetScopes.Member => RoomSums.Find(_spending?.Members ?? [], limit.Key),
        BudgetScopes.Model => RoomSums.Find(_spending?.Models ?? [], limit.Key),
        _ => _spending?.Total,
    });

    private Spent Held_NeedsLock(BudgetLimit limit, string? except = null)
    {
        var held = default(Spent);
        foreach (var (id, one) in _held)
        {
            if (id != except && one.CountsAgainst(limit))
                held += one.ToSpent();
        }

        return held;
    }
}
