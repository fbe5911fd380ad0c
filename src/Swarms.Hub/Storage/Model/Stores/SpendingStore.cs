using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads what the hub has spent, on its own connections. Safe from any thread.</summary>
internal sealed class SpendingStore(HubDatabase database) : ISpendingStore
{
    public Task<IReadOnlyList<DaySpending>> ListDaysAsync(DateOnly since, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<DaySpending>>(connection => connection.Query(
            "SELECT Day, Tokens, Cost FROM hub_spending WHERE Day >= $1 ORDER BY Day",
            row => new DaySpending(DateOnly.FromDayNumber(row.GetInt32(0)), row.GetInt64(1), Amounts.Read(row.GetString(2)) ?? 0),
            since.DayNumber)));
}
