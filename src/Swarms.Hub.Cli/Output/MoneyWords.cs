using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Spending and budgets in words. Amounts of money stay the hub's own text; none is added or rounded.</summary>
internal static class MoneyWords
{
    /// <summary>A warning as a sentence without its full stop.</summary>
    /// <param name="warning">The data of the event.</param>
    /// <param name="nameOf">Names a member.</param>
    public static string Warning(BudgetWarnedPayload warning, Func<string?, string?> nameOf)
    {
        var budget = warning.Scope switch
        {
            BudgetScopes.Member => $"the budget of {nameOf(warning.Key) ?? "a member"}",
            BudgetScopes.Model => $"the budget of the model {warning.Key}",
            BudgetScopes.Hub => "the hub's budget",
            _ => "the room's budget",
        };
        var figures = warning switch
        {
            { SpentTokens: { } spent, LimitTokens: { } limit } => $": {Number(spent)} of {Number(limit)} tokens",
            { SpentCost: { } spent, LimitCost: { } limit } => $": {spent} of {limit}",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"at least {warning.Percent} % of {budget} is used up{figures}");
    }

    /// <summary>The tokens of a row; unknown ones stand beside the sum.</summary>
    public static string Tokens(SpendingFigures row)
    {
        var sum = row.TotalTokens == 0
            ? row.UnknownTokens == 0 ? "0" : null
            : $"{Number(row.TotalTokens)} ({Number(row.InputTokens)} in, {Number(row.OutputTokens)} out)";
        return Beside(sum, row.UnknownTokens, "tokens");
    }

    /// <summary>The cost of a row; unknown ones stand beside the sum.</summary>
    public static string Cost(SpendingFigures row) => Beside(row.Cost, row.UnknownCosts, "cost");

    /// <summary>The part of a budget that runs of unknown usage keep; empty if there is none.</summary>
    public static string Held(SpendingFigures row, bool showsCosts)
    {
        string?[] parts = [row.HeldTokens == 0 ? null : $"{Number(row.HeldTokens)} tokens", showsCosts ? row.HeldCost : null];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Beside(string? sum, long unknown, string what)
    {
        var runs = unknown == 0 ? null : $"{Number(unknown)} {(unknown == 1 ? "run" : "runs")} of unknown {what}";
        return sum is not null && runs is not null ? $"{sum} + {runs}" : sum ?? runs ?? "0";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
