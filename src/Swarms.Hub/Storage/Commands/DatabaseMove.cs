using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Storage.PostgreSql;

namespace Swarms.Hub.Storage.Commands;

/// <summary>Copies every row of one database into another that is empty, through EF Core's model of both. Used by one command.</summary>
internal sealed class DatabaseMove(HubDbContext from, HubDbContext to)
{
    private const int Rows = 500;

    // Each of these is a fact about the database itself.
    private static readonly string[] OwnSettings = ["life", "last-probe", "failed-syncs", "search-text", "name-keys"];

    private static readonly MethodInfo CopyTable =
        typeof(DatabaseMove).GetMethod(nameof(Copy), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>Copies the rows in one transaction; returns their number.</summary>
    public long Run()
    {
        using var transaction = to.Database.BeginTransaction();
        to.ChangeTracker.AutoDetectChangesEnabled = false;
        var rows = 0L;
        foreach (var table in to.Model.GetEntityTypes().Select(entity => entity.ClrType).OrderBy(type => type.Name, StringComparer.Ordinal))
            rows += (long)CopyTable.MakeGenericMethod(table).Invoke(this, BindingFlags.DoNotWrapExceptions, null, null, null)!;

        if (to is PostgreSqlDbContext)
            SetNextKey();

        transaction.Commit();
        return rows;
    }

    private long Copy<T>()
        where T : class
    {
        var copied = 0L;
        foreach (var rows in from.Set<T>().AsNoTracking().AsEnumerable().Where(IsCopied).Chunk(Rows))
        {
            to.AddRange(rows);
            to.SaveChanges();
            to.ChangeTracker.Clear();
            copied += rows.Length;
        }

        return copied;
    }

    private static bool IsCopied<T>(T row) => row is not SettingRow setting || !OwnSettings.Contains(setting.Name);

    private void SetNextKey()
    {
        var last = to.Rooms.Max(room => (long?)room.Key) ?? 0;
        if (last > 0)
            to.Database.GetDbConnection().Execute($"SELECT setval('{PostgreSqlDbContext.RoomKeys}', $1)", last);
    }
}
