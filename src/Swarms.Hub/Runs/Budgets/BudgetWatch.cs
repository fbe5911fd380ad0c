using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Reacts when a room's log publishes what was spent, or another budget, and when a room is deleted: stops runs where a limit is reached
/// and it says so, warns where a new limit is nearly used up, and lets the queue go on where more runs may. Safe from any thread.
/// </summary>
internal sealed partial class BudgetWatch(
    IRoomDirectory rooms, RunRegistry registry, RunBudgets budgets, HubLedger hub, RunQueue queue, IOptions<BudgetOptions> options,
    TimeProvider time, ILogger<BudgetWatch> logger)
    : IStartStep, IRoomFollower
{
    private const int MaxWarnings = 100;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        rooms.Follow(this);
        return Task.CompletedTask;
    }

    // The ledger remembers the budget that the room has now, so that a change of it is seen.
    void IRoomFollower.Loaded(RoomLog log) => budgets.Of(log);

    void IRoomFollower.Deleted(RoomLog log)
    {
        hub.Delete(log.Key);
        queue.Reconsider();
    }

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.Spending:
                StopBeyond(log);
                break;
            case EventTypes.RoomChanged:
                queue.Reconsider();
                StopBeyond(log);
                Warn(log);
                break;
        }
    }

    private void StopBeyond(RoomLog log)
    {
        if (options.Value.HardStop && hub.FindReached() is not null)
            Stop(registry.All());

        if (log.Query(state => state.Room.Settings?.Budget) is not { HardStop: true } budget)
            return;

        var ledger = budgets.Of(log);
        Stop(registry.All(log.Id).Where(run => BudgetLimit.Of(budget, run.By, run.Request.Agent.Model)
            .Any(limit => limit.IsReached(ledger.SpentOf(limit)))));
    }

    // A proposal spends nothing, and its approval is refused.
    private static void Stop(IEnumerable<ActiveRun> runs)
    {
        foreach (var run in runs.Where(run => !run.IsProposed))
        {
            // One of a blind group would tell its model by stopping alone.
            foreach (var stopped in run.Race is { IsBlind: true } race ? race.Runs : [run])
                stopped.Stop(RunStop.OverBudget);
        }
    }

    private void Warn(RoomLog log)
    {
        var (budget, spending) = log.Query(state => (state.Room.Settings?.Budget, state.Spending));
        var ledger = budgets.Of(log);
        if (ledger.Budget == budget)
            return;

        var before = LimitsOf(ledger.Budget, spending).ToDictionary(limit => (limit.Scope, limit.Key, limit.Tokens is null));
        ledger.Budget = budget;
        var warnings = LimitsOf(budget, spending)
            .Where(limit => ledger.SpentOf(limit) is var spent && limit.IsNear(spent)
                && before.GetValueOrDefault((limit.Scope, limit.Key, limit.Tokens is null))?.IsNear(spent) != true)
            .Select(limit => limit.ToWarning(ledger.SpentOf(limit)))
            .Take(MaxWarnings)
            .ToList();
        if (warnings.Count > 0)
            _ = AppendAsync(log, warnings);
    }

    // The limits under which something was spent.
    private static IEnumerable<BudgetLimit> LimitsOf(RoomBudget? budget, RoomSpending? spending) => spending is null ? [] :
    [
        .. BudgetLimit.Of(budget, "", null).Where(limit => limit.Scope == BudgetScopes.Room),
        .. spending.Members.SelectMany(row => BudgetLimit.Of(budget, row.Key ?? "", null)
            .Where(limit => limit.Scope == BudgetScopes.Member)),
        .. spending.Models.SelectMany(row => BudgetLimit.Of(budget, "", row.Key).Where(limit => limit.Scope == BudgetScopes.Model)),
    ];

    // Never fails: a warning is a help, and the limits hold without it.
    private async Task AppendAsync(RoomLog log, List<BudgetWarnedPayload> warnings)
    {
        // The writer's loop publishes, and may not wait for itself.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var now = time.GetUtcNow();
            await log.AppendNowAsync(
                [.. warnings.Select(warning => PendingEvent.Create(now, EventTypes.BudgetWarned, null, warning))], CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.NotWarned(logger, log.Id, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Room {Room} could not be warned that its budget is nearly used up.")]
        public static partial void NotWarned(ILogger logger, string room, Exception exception);
    }
}
