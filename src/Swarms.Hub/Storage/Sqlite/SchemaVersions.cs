using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Compares the migrations of this program with those that a file had, without EF Core's services.</summary>
internal static class SchemaVersions
{
    // EF Core's own table.
    private const string CountHistories = "SELECT count(*) FROM sqlite_schema WHERE name = '__EFMigrationsHistory' AND type = 'table'";

    /// <summary>The ids of the migrations that the program knows.</summary>
    public static IReadOnlySet<string> Known { get; } = typeof(SchemaVersions).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Migration)))
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
        .ToHashSet();

    /// <summary>Returns a migration that only a newer program knows; null if there is none.</summary>
    public static string? FindUnknown(SqliteConnection connection) => Applied(connection).Find(migration => !Known.Contains(migration));

    /// <summary>True if the file lacks a migration.</summary>
    public static bool IsBehind(SqliteConnection connection) => !Known.IsSubsetOf(Applied(connection));

    private static List<string> Applied(SqliteConnection connection) =>
        connection.Query(CountHistories, row => row.GetInt64(0))[0] == 0
            ? []
            : connection.Query("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId", row => row.GetString(0));
}
