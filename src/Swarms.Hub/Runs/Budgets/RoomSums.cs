using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Adds runs to a room's sums, exactly. Pure.</summary>
internal static class RoomSums
{
    private static readonly SpendingFigures Nothing = new();

    /// <summary>Returns the sums with one run more, and the event that says which rows it changed.</summary>
    public static (RoomSpending Sums, SpendingPayload Event) Add(RoomSpending? before, Run run)
    {
        var sums = before ?? new RoomSpending(Nothing, [], [], []);
        var total = Add(sums.Total, run);
        var (members, member) = Add(sums.Members, run.By, run);
        var (agents, agent) = Add(sums.Agents, run.Agent.Name, run);
        var (models, model) = Add(sums.Models, run.Agent.Model, run);
        return (new RoomSpending(total, members, agents, models), new SpendingPayload(run.Id, total, member, agent, model));
    }

    /// <summary>Returns the row that a key counts in; null if there is none yet.</summary>
    public static SpendingFigures? Find(IReadOnlyList<SpendingFigures> rows, string? key) =>
        rows.FirstOrDefault(row => row.Key == RowOf(rows, key));

    // Beyond the bound a new key counts in the row without one.
    private static string? RowOf(IReadOnlyList<SpendingFigures> rows, string? key) =>
        rows.Count < RoomState.MaxSpendingRows || rows.Any(row => row.Key == key) ? key : null;

    private static (IReadOnlyList<SpendingFigures> Rows, SpendingFigures Row) Add(
        IReadOnlyList<SpendingFigures> rows, string? key, Run run)
    {
        var before = Find(rows, key);
        var row = Add(before ?? new SpendingFigures { Key = RowOf(rows, key) }, run);
        return before is null ? ([.. rows, row], row) : ([.. rows.Select(other => other == before ? row : other)], row);
    }

    private static SpendingFigures Add(SpendingFigures sums, Run run)
    {
        var (usage, reserved) = (run.Usage, run.Reserved);
        var tokens = NotNegative(usage?.TotalTokens);
        var cost = usage?.Cost is >= 0 ? usage.Cost : null;
        return sums with
        {
            Runs = sums.Runs + 1,
            InputTokens = Amounts.Add(sums.InputTokens, NotNegative(usage?.InputTokens) ?? 0),
            OutputTokens = Amounts.Add(sums.OutputTokens, NotNegative(usage?.OutputTokens) ?? 0),
            TotalTokens = Amounts.Add(sums.TotalTokens, tokens ?? 0),
            Cost = Amounts.Write(Amounts.Add(Amounts.Read(sums.Cost), cost)),
            UnknownTokens = sums.UnknownTokens + (tokens is null ? 1 : 0),
            UnknownCosts = sums.UnknownCosts + (cost is null ? 1 : 0),
            HeldTokens = Amounts.Add(sums.HeldTokens, tokens is null ? reserved?.Tokens ?? 0 : 0),
            HeldCost = Amounts.Write(Amounts.Add(Amounts.Read(sums.HeldCost), cost is null ? Amounts.Read(reserved?.EstimatedCost) : null)),
        };
    }

    private static long? NotNegative(long? number) => number is >= 0 ? number : null;
}
