using System.Runtime.CompilerServices;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// The ledgers of the rooms in memory, and the endings that change them. Safe from any thread. Next: <see cref="RoomLog"/>, which gets the
/// sums with the ending.
/// </summary>
internal sealed class RunBudgets(IRoomStore store, HubLedger hub, TimeProvider time)
{
    private const int PageSize = 100;

    private readonly ConditionalWeakTable<RoomLog, RoomLedger> _ledgers = [];
    private readonly Lock _lock = new();

    /// <summary>Prepares the room's ledger for an admission: where starts are limited, it gets those that the store has.</summary>
    public async Task OpenAsync(RoomLog log, CancellationToken cancellationToken)
    {
        var ledger = Of(log);
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
    public async ValueTask<PendingCommit> EndAsync(
        RoomLog log, int generation, PendingEvent ending, Run ended, DataKey key, bool hasSpent, CancellationToken cancellationToken)
    {
        var ledger = Of(log);
        // The ending of another history must not count in this one.
        if (ledger.Generation != generation)
            throw RoomLog.LoadedAnew();

        await ledger.Turn.WaitAsync(cancellationToken);
        try
        {
            var spent = Settle(log, ledger, ended, hasSpent);
            return await log.ContinueAsync(
                generation, [ending, .. spent.Events], Durability.Power, cancellationToken,
                [new RunChange.Save(ended, key), .. spent.Changes]);
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
