using Microsoft.EntityFrameworkCore;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Reads what the hub has spent, on its own connections. Safe from any thread.</summary>
internal sealed class SqliteSpendingStore(SqliteDatabase database) : ISpendingStore
{
    public Task<IReadOnlyList<DaySpending>> ListDaysAsync(DateOnly since, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DaySpending>>(async context =>
        {
            var rows = await context.HubSpending.Where(row => row.Day >= since.DayNumber).OrderBy(row => row.Day)
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row =>
                new DaySpending(DateOnly.FromDayNumber(row.Day), row.Tokens, Amounts.Read(row.Cost) ?? 0));
        });
}
