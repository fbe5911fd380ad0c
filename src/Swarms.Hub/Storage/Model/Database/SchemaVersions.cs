using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Swarms.Hub.Storage.Model;

/// <summary>Compares the migrations of this program with those that a database had, without EF Core's services.</summary>
internal static class SchemaVersions
{
    // EF Core's own table.
    private const string CountSqliteHistories =
        "SELECT count(*) FROM sqlite_schema WHERE name = '__EFMigrationsHistory' AND type = 'table'";

    private const string CountPostgreSqlHistories = """SELECT count(to_regclass('"__EFMigrationsHistory"'))""";

    private const string ListApplied = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """;

    /// <summary>Returns a migration that only a newer program knows; null if there is none.</summary>
    /// <typeparam name="T">The context whose migrations the database has.</typeparam>
    public static string? FindUnknown<T>(DbConnection connection)
        where T : HubDbContext => Applied(connection).Find(migration => !Versions<T>.Known.Contains(migration));

    /// <summary>True if the database lacks a migration.</summary>
    /// <typeparam name="T">The context whose migrations the database has.</typeparam>
    public static bool IsBehind<T>(DbConnection connection)
        where T : HubDbContext => !Versions<T>.Known.IsSubsetOf(Applied(connection));

    private static List<string> Applied(DbConnection connection) =>
        connection.Query(connection is SqliteConnection ? CountSqliteHistories : CountPostgreSqlHistories, row => row.GetInt64(0))[0] == 0
            ? []
            : connection.Query(ListApplied, row => row.GetString(0));

    private static class Versions<T>
    {
        /// <summary>The ids of the migrations that the program knows.</summary>
        public static IReadOnlySet<string> Known { get; } = typeof(SchemaVersions).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()!.ContextType == typeof(T))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
            .ToHashSet();
    }
}
