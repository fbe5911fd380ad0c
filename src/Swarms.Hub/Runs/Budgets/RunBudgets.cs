using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The ledgers of the rooms in memory, and the endings that change them. Safe from any thread. Next: <see cref="RoomLog"/>, which gets the
/// sums with the ending.
/// </summary>
internal sealed class RunBudgets(IRoomStore store, IGroupStore groups, HubLedger hub, TimeProvider time)
{
    private const int PageSize = 100;

    private readonly ConditionalWeakTable<RoomLog, RoomLedger> _ledgers = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Prepares the room's ledger for an admission: it gets what blind groups hold and, where starts are limited, those that the store has.
    /// </summary>
    public async Task OpenAsync(RoomLog log, CancellationToken cancellationToken)
    {
        var ledger = Of(log);
        if (!ledger.HasKept)
            await AddKeptAsync(log, ledger, cancellationToken);

        if (!ledger.HasEarlierStarts && log.Query(state => state.Room.Settings?.Budget?.MemberRunsPerHour) is not null)
            ledger.AddEarlier(await ListStartsAsync(log, cancellationToken));
    }

    /// <summary>Returns the room's ledger.</summary>
    public RoomLedger Of(RoomLog log)
    {
        lock (_lock)
        {
            if (_ledgers.TryGetValue(log, out var ledger) && ledger.Generation == log.Generation)
                return ledger;

            // The generation is read first: a ledger of a history that was replaced meanwhile is made anew.
            var generation = log.Generation;
            var (spending, budget) = log.Query(state => (state.Spending, state.Room.Settings?.Budget));
            var created = new RoomLedger(generation, spending, budget);
            _ledgers.AddOrUpdate(log, created);
            return created;
        }
    }

    /// <summary>
    /// Hands an ending to the writer, with the sums that it changes. Endings of one room come in the order of their sums.
    /// </summary>
    /// <param name="log">The room's log.</param>
    /// <param name="generation">The log's generation.</param>
    /// <param name="ending">The ending.</param>
    /// <param name="ended">The run with its ending.</param>
    /// <param name="key">The key of the run's data.</param>
    /// <param name="hasSpent">Whether the upstream may have begun to work for it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="more">Other changes of the commit.</param>
    public async ValueTask<PendingCommit> EndAsync(
        RoomLog log, int generation, PendingEvent ending, Run ended, DataKey key, bool hasSpent, CancellationToken cancellationToken,
        params IReadOnlyList<RoomChange> more)
    {
        var ledger = Of(log);
        // The ending of another history must not count in this one.
        if (ledger.Generation != generation)
            throw RoomLog.LoadedAnew();

        await ledger.Turn.WaitAsync(cancellationToken);
        try
        {
            var spent = IsBlind(log, ended) ? Keep(log, ledger, ended, more) : Settle(log, ledger, ended, hasSpent);
            return await log.ContinueAsync(
                generation, [ending, .. spent.Events], Durability.Power, cancellationToken,
                [new RunChange.Save(ended, key), .. spent.Changes, .. more]);
        }
        finally
        {
            ledger.Turn.Release();
        }
    }

    /// <summary>
    /// Stores what a blind group hid, with the sums that it changes. Completes when it is durable; if it is refused, the sums stay as they
    /// were, and so does what the runs hold.
    /// </summary>
    /// <param name="log">The room's log.</param>
    /// <param name="revealed">The event.</param>
    /// <param name="runs">The group's runs with their figures, and whether each may have spent something.</param>
    /// <param name="change">The change of the group.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task RevealAsync(
        RoomLog log, PendingEvent revealed, IReadOnlyList<(Run Run, bool HasSpent)> runs, RoomChange change,
        CancellationToken cancellationToken)
    {
        var ledger = Of(log);
        await ledger.Turn.WaitAsync(cancellationToken);
        var undo = new List<Action> { ledger.Remember([.. runs.Select(run => run.Run.Id)]) };
        try
        {
            var spent = new List<SpentRun>();
            foreach (var (run, hasSpent) in runs)
            {
                var kept = hub.FindKept(run.Id);
                spent.Add(Settle(log, ledger, run, hasSpent));
                var counted = spent[^1].Changes.OfType<SpendingChange.AddToHub>().FirstOrDefault();
                undo.Add(() => hub.TakeBack(kept, counted));
                hub.Release(run.Id);
            }

            await log.ContinueNowAsync(
                ledger.Generation, [revealed, .. spent.SelectMany(one => one.Events)], cancellationToken,
                [change, .. spent.SelectMany(one => one.Changes)]);
        }
        catch
        {
            undo.ForEach(action => action());
            throw;
        }
        finally
        {
            ledger.Turn.Release();
        }
    }

    // A run of a blind group ends before the group is revealed.
    private static bool IsBlind(RoomLog log, Run ended) =>
        ended.Group is { Id: var group } && log.Query(state => state.FindGroup(group)) is { IsBlind: true };

    // A run that a recovery ends brings nothing of what its upstream told.
    private SpentRun Keep(RoomLog log, RoomLedger ledger, Run ended, IReadOnlyList<RoomChange> changes)
    {
        ledger.Keep(ended.Id);
        var hidden = changes.OfType<RaceChange.Hide>().FirstOrDefault()?.Run ?? HiddenRun.Of(ended);
        hub.Keep(new KeptRun(log.Key, hidden));
        return SpentRun.Nothing;
    }

    private async Task AddKeptAsync(RoomLog log, RoomLedger ledger, CancellationToken cancellationToken)
    {
        // Under the turn no group is revealed between the read and its effect.
        await ledger.Turn.WaitAsync(cancellationToken);
        try
        {
            if (!ledger.HasKept)
                ledger.AddKept(await groups.ListHiddenAsync(log.Key, groupId: null, cancellationToken));
        }
        finally
        {
            ledger.Turn.Release();
        }
    }

    private SpentRun Settle(RoomLog log, RoomLedger ledger, Run ended, bool hasSpent)
    {
        var budget = log.Query(state => state.Room.Settings?.Budget);
        var limits = BudgetLimit.Of(budget, ended.By ?? "", ended.Agent.Model).ToList();
        if (ledger.Settle(ended, hasSpent, limits) is not var (sums, changed, warnings))
        {
            hub.Leave(ended.Id);
            return SpentRun.Nothing;
        }

        var (hubChange, hubWarnings) = hub.Settle(ended);
        var now = time.GetUtcNow();
        PendingEvent[] events =
        [
            PendingEvent.Create(now, EventTypes.Spending, null, changed),
            .. warnings.Concat(hubWarnings).Select(warning => PendingEvent.Create(now, EventTypes.BudgetWarned, null, warning)),
        ];
        return new SpentRun(events, [new SpendingChange.Save(sums), hubChange]);
    }

    private async Task<List<(string, string, DateTimeOffset)>> ListStartsAsync(RoomLog log, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - TimeSpan.FromHours(1);
        var starts = new List<(string, string, DateTimeOffset)>();
        string? before = null;
        while (await store.ListRunsAsync(log.Id, null, before, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            starts.AddRange(
                from run in page
                where run.By is not null && run.QueuedAt > since && (run.ProposedAt is null || run.ApprovedBy is not null)
                select (run.Id, run.By, run.QueuedAt));
            if (page.Count < PageSize || page[^1].QueuedAt <= since)
                break;

            before = page[^1].Id;
        }

        return starts;
    }
}
