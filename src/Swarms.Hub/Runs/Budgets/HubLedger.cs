using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The sums of all rooms within the days that the hub's budget counts, and the reservations of their runs. The store has the sums of each
/// day. Safe from any thread.
/// </summary>
internal sealed class HubLedger(
    IOptions<BudgetOptions> options, ISpendingStore store, IGroupStore groups, TimeProvider time) : IStartStep
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RunReservation> _held = [];
    private readonly Dictionary<string, KeptRun> _kept = [];
    private readonly Dictionary<DateOnly, Spent> _days = [];

    /// <summary>The limits of the hub; none without a budget.</summary>
    public IReadOnlyList<BudgetLimit> Limits { get; } = [.. BudgetLimit.Of(options.Value)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var days = await store.ListDaysAsync(FirstDay(), cancellationToken);
        var hidden = await groups.ListHiddenAsync(cancellationToken);
        lock (_lock)
        {
            foreach (var day in days)
                _days[day.Day] = new Spent(day.Tokens, day.Cost);

            foreach (var kept in hidden)
                Keep_NeedsLock(kept);
        }
    }

    /// <summary>Holds the reservation of a run. Refuses it with <c>over_budget</c> if a limit leaves too little.</summary>
    public void Enter(string runId, RunReservation? reserved)
    {
        lock (_lock)
        {
            foreach (var limit in Limits)
            {
                if (limit.IsTooLow(Spent_NeedsLock() + Held_NeedsLock(), reserved))
                    throw limit.ToRefusal();
            }

            if (reserved is not null)
                _held.Add(runId, reserved);
        }
    }

    /// <summary>Releases what the run holds, unless it is kept.</summary>
    public void Leave(string runId)
    {
        lock (_lock)
        {
            if (!_kept.ContainsKey(runId))
                _held.Remove(runId);
        }
    }

    /// <summary>Keeps what a run of a blind group holds, until it is counted.</summary>
    public void Keep(KeptRun run)
    {
        lock (_lock)
            Keep_NeedsLock(run);
    }

    /// <summary>Returns the run if it is kept.</summary>
    public KeptRun? FindKept(string runId)
    {
        lock (_lock)
            return _kept.TryGetValue(runId, out var kept) ? kept : null;
    }

    /// <summary>Counts the kept runs of a room whose deletion is stored: nobody will reveal them. The store has counted them.</summary>
    public void Delete(long roomKey)
    {
        var day = Today();
        lock (_lock)
        {
            foreach (var (id, kept) in _kept.Where(kept => kept.Value.RoomKey == roomKey).ToList())
            {
                var counted = kept.Run.ToHub(day);
                _days[day] = _days.GetValueOrDefault(day) + new Spent(counted.Tokens, counted.Cost);
                _held.Remove(id);
                _kept.Remove(id);
            }
        }
    }

    /// <summary>Releases what a run held that its blind group kept, and that spent nothing.</summary>
    public void Release(string runId)
    {
        lock (_lock)
        {
            _kept.Remove(runId);
            _held.Remove(runId);
        }
    }

    /// <summary>Takes back a count that was not stored, and keeps the run again if it was kept.</summary>
    public void TakeBack(KeptRun? kept, SpendingChange.AddToHub? counted)
    {
        lock (_lock)
        {
            if (kept is { } run)
                Keep_NeedsLock(run);

            if (counted is not null)
            {
                var (tokens, cost) = _days.GetValueOrDefault(counted.Day);
                _days[counted.Day] = new Spent(tokens - counted.Tokens, cost - counted.Cost);
            }
        }
    }

    /// <summary>Returns the limit that is reached without the run; null if none is.</summary>
    public BudgetLimit? FindReached(string? runId = null)
    {
        lock (_lock)
            return Limits.FirstOrDefault(limit => limit.IsReached(Spent_NeedsLock() + (runId is null ? default : Held_NeedsLock(runId))));
    }

    /// <summary>Counts a run, and returns the change that stores it and the warnings.</summary>
    public (SpendingChange Change, IReadOnlyList<BudgetWarnedPayload> Warnings) Settle(Run ended)
    {
        var (sums, _) = RoomSums.Add(null, ended);
        var spent = Spent.Of(sums.Total);
        var day = Today();
        lock (_lock)
        {
            _held.Remove(ended.Id);
            _kept.Remove(ended.Id);
            var before = Spent_NeedsLock();
            _days[day] = _days.GetValueOrDefault(day) + spent;
            var after = Spent_NeedsLock();
            var warnings = Limits.Where(limit => !limit.IsNear(before) && limit.IsNear(after)).Select(limit => limit.ToWarning(after));
            return (new SpendingChange.AddToHub(day, spent.Tokens, spent.Cost), [.. warnings]);
        }
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private DateOnly FirstDay() => Today().AddDays(1 - options.Value.Days);

    private void Keep_NeedsLock(KeptRun run)
    {
        var revealed = run.Run.Revealed;
        _kept[revealed.Run] = run;
        if (revealed.Reserved is { } reserved)
            _held[revealed.Run] = reserved;
    }

    private Spent Spent_NeedsLock()
    {
        var first = FirstDay();
        foreach (var day in _days.Keys.Where(day => day < first).ToList())
            _days.Remove(day);

        return _days.Values.Aggregate(default(Spent), (sum, day) => sum + day);
    }

    private Spent Held_NeedsLock(string? except = null)
    {
        var held = default(Spent);
        foreach (var (id, reserved) in _held)
        {
            if (id != except)
                held += new Spent(reserved.Tokens ?? 0, Amounts.Read(reserved.EstimatedCost) ?? 0);
        }

        return held;
    }
}
