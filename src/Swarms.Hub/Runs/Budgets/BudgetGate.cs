using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// Admits runs within the budgets of their room and of the hub, gives them the ceiling of tokens, and holds their reservations. Refuses
/// with <c>over_budget</c>, and with <c>rate_limited</c> beyond the starts of an hour. <see cref="RunBudgets"/> counts the endings. Safe
/// from any thread.
/// </summary>
internal sealed class BudgetGate(RunBudgets budgets, HubLedger hub, ModelPrices prices, TimeProvider time) : IRunGate
{
    public void Enter(ActiveRun run)
    {
        var ledger = budgets.Of(run.Log);
        var budget = run.Log.Query(state => state.Room.Settings?.Budget);
        var now = time.GetUtcNow();
        (run.Reserved, run.Solitude) = (null, RunSolitude.None);
        if (budget is null && hub.Limits.Count == 0)
        {
            ledger.Enter(run, null, [], null, now);
            return;
        }

        var (demand, request) = RequestDemand.Of(run.Request, budget?.MaxTokens);
        RequireModels(budget?.Models, demand);
        run.Replace(request);
        BudgetLimit[] limits = [.. BudgetLimit.Of(budget, run.By, request.Agent.Model)];
        run.Reserved = Reserve(demand, [.. limits, .. hub.Limits]);
        run.Solitude = hub.Limits.Any(limit => limit.IsUnboundedFor(run.Reserved)) ? RunSolitude.InHub
            : limits.Any(limit => limit.IsUnboundedFor(run.Reserved)) ? RunSolitude.InRoom
            : RunSolitude.None;
        ledger.Enter(run, budget, limits, run.Reserved, now);
        try
        {
            hub.Enter(run.Id, run.Reserved);
        }
        catch
        {
            ledger.Leave(run.Id);
            throw;
        }
    }

    /// <summary>A run that nothing bounds waited for the others: what they spent may have used up the budget.</summary>
    public HubErrorException? RefuseTurn(ActiveRun run)
    {
        if (run.Race is { IsBlind: true } race)
            return race.RefuseTurn(() => race.Runs.Select(FindRefusal).FirstOrDefault(refusal => refusal is not null));

        return FindRefusal(run);
    }

    private HubErrorException? FindRefusal(ActiveRun run)
    {
        if (run.Solitude == RunSolitude.None)
            return null;

        var budget = run.Log.Query(state => state.Room.Settings?.Budget);
        var reached = budgets.Of(run.Log).FindReached(run.Id, BudgetLimit.Of(budget, run.By, run.Request.Agent.Model))
            ?? hub.FindReached(run.Id);
        return reached?.ToRefusal();
    }

    public void Leave(ActiveRun run)
    {
        budgets.Of(run.Log).Leave(run.Id);
        hub.Leave(run.Id);
    }

    private RunReservation? Reserve(RequestDemand demand, IReadOnlyList<BudgetLimit> limits)
    {
        var tokens = limits.Any(limit => limit.Tokens is not null) ? demand.Tokens : null;
        var cost = limits.Any(limit => limit.Cost is not null) ? prices.Estimate(demand) : null;
        return tokens is null && cost is null ? null : new RunReservation(tokens, RoomLogs.Amounts.Write(cost));
    }

    private static void RequireModels(IReadOnlyList<string>? allowed, RequestDemand demand)
    {
        if (allowed is null)
            return;

        var named = demand.Agents.Select(agent => agent.Model).Concat(demand.Models).ToList();
        if (named.Count == 0 || named.Exists(model => model is null || !allowed.Contains(model)))
        {
            throw new HubErrorException(
                ErrorCodes.OverBudget,
                allowed.Count == 0
                    ? "This room allows no model at the moment. A host can change that."
                    : $"Each agent must name one of the models that this room allows: {string.Join(", ", allowed)}.");
        }
    }
}
