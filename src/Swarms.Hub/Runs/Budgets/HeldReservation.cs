using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>The part of a room's budget that a run holds.</summary>
/// <param name="Member">The member who started it.</param>
/// <param name="Model">Its model; null if it names none.</param>
/// <param name="Reserved">What it holds; null without a budget.</param>
internal readonly record struct HeldReservation(string Member, string? Model, RunReservation? Reserved)
{
    /// <summary>True for an ended run of a blind group, which holds it until the group is revealed.</summary>
    public bool IsKept { get; init; }

    public bool CountsAgainst(BudgetLimit limit) =>
        limit.Scope == BudgetScopes.Room || limit.Key == (limit.Scope == BudgetScopes.Member ? Member : Model);

    public Spent ToSpent() => Reserved is null ? default : new Spent(Reserved.Tokens ?? 0, Amounts.Read(Reserved.EstimatedCost) ?? 0);
}
