namespace Swarms.Hub.Runs;

/// <summary>The port to what the hub has spent. Safe from any thread. Its writes are <see cref="SpendingChange"/>s.</summary>
internal interface ISpendingStore
{
    /// <summary>Returns the sums of each day since this one, in UTC; days without a run are left out.</summary>
    Task<IReadOnlyList<DaySpending>> ListDaysAsync(DateOnly since, CancellationToken cancellationToken);
}
