using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>One limit of cost or tokens. Pure.</summary>
/// <param name="Scope">One of <see cref="BudgetScopes"/>.</param>
/// <param name="Key">The member's id or the model; null for the room and the hub.</param>
/// <param name="Tokens">The limit of tokens; null if it is one of cost.</param>
/// <param name="Cost">The limit of cost; null if it is one of tokens.</param>
internal sealed record BudgetLimit(string Scope, string? Key, long? Tokens, decimal? Cost)
{
    /// <summary>The part of a limit at which the room is warned, in percent.</summary>
    public const int WarnedPercent = 80;

    /// <summary>Returns the limits of a room that one run counts against.</summary>
    public static IEnumerable<BudgetLimit> Of(RoomBudget? budget, string member, string? model)
    {
        if (budget is null)
            return [];

        BudgetLimit?[] limits =
        [
            OfTokens(BudgetScopes.Room, null, budget.RoomTokens), OfCost(BudgetScopes.Room, null, budget.RoomCost),
            OfTokens(BudgetScopes.Member, member, budget.MemberTokens), OfCost(BudgetScopes.Member, member, budget.MemberCost),
            OfTokens(BudgetScopes.Model, model, budget.ModelTokens), OfCost(BudgetScopes.Model, model, budget.ModelCost),
        ];
        return limits.OfType<BudgetLimit>();
    }

    /// <summary>Returns the limits of the whole hub.</summary>
    public static IEnumerable<BudgetLimit> Of(BudgetOptions options)
    {
        BudgetLimit?[] limits = [OfTokens(BudgetScopes.Hub, null, options.Tokens), OfCost(BudgetScopes.Hub, null, options.Cost)];
        return limits.OfType<BudgetLimit>();
    }

    /// <summary>True if nothing is left.</summary>
    public bool IsReached(Spent spent) => spent.Tokens >= Tokens || spent.Cost >= Cost;

    /// <summary>True if so much is used up that the room is warned.</summary>
    public bool IsNear(Spent spent) =>
        spent.Tokens * 100m >= Tokens * (decimal)WarnedPercent || spent.Cost >= Cost * WarnedPercent / 100;

    /// <summary>True if what is left is less than a run holds.</summary>
    public bool IsTooLow(Spent spent, RunReservation? reserved) =>
        IsReached(spent)
        || Tokens - spent.Tokens < reserved?.Tokens
        || Cost - spent.Cost < Amounts.Read(reserved?.EstimatedCost);

    /// <summary>True if it needs a bound of the run that there is none of.</summary>
    public bool IsUnboundedFor(RunReservation? reserved) => Tokens is null ? reserved?.EstimatedCost is null : reserved?.Tokens is null;

    /// <summary>Returns the warning. The hub's own figures are no business of a room.</summary>
    public BudgetWarnedPayload ToWarning(Spent spent) => Scope == BudgetScopes.Hub
        ? new BudgetWarnedPayload(Scope, null, WarnedPercent)
        : Tokens is { } tokens
            ? new BudgetWarnedPayload(Scope, Key, WarnedPercent, SpentTokens: spent.Tokens, LimitTokens: tokens)
            : new BudgetWarnedPayload(Scope, Key, WarnedPercent, SpentCost: Amounts.Write(spent.Cost), LimitCost: Amounts.Write(Cost));

    /// <summary>Returns the refusal. Its sentence tells no amounts, which not everybody may see.</summary>
    public HubErrorException ToRefusal()
    {
        var unit = Tokens is null ? "money" : "tokens";
        var (whose, who) = Scope switch
        {
            BudgetScopes.Member => ("Your budget", "A host"),
            BudgetScopes.Model => ("The room's budget for this model", "A host"),
            BudgetScopes.Hub => ("The hub's budget", "Its operator"),
            _ => ("The room's budget", "A host"),
        };
        return new HubErrorException(
            ErrorCodes.OverBudget, $"{whose} of {unit} is used up, or leaves too little for this run. {who} can raise it.");
    }

    private static BudgetLimit? OfTokens(string scope, string? key, long? tokens) =>
        tokens is null ? null : new BudgetLimit(scope, key, tokens, null);

    private static BudgetLimit? OfCost(string scope, string? key, string? cost) =>
        Amounts.Read(cost) is { } amount ? new BudgetLimit(scope, key, null, amount) : null;

    private static BudgetLimit? OfCost(string scope, string? key, decimal? cost) =>
        cost is null ? null : new BudgetLimit(scope, key, null, cost);
}
