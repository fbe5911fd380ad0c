using Npgsql;
using Swarms.Hub.Search;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>
/// The tables of the search, which EF Core does not know: the passages, and how far each room was read. A search reads the passages of its
/// room, which is one range of their key. All of it can be made anew from the other tables. Called at the start.
/// </summary>
internal static class PostgreSqlSearchSchema
{
    private const string VersionSetting = "search-text";

    private const string Statements =
        """
        DROP TABLE IF EXISTS search_pieces;
        DROP TABLE IF EXISTS search_progress;
        CREATE TABLE search_pieces (
            id bigint NOT NULL PRIMARY KEY, kind text COLLATE "C" NOT NULL, item text COLLATE "C" NOT NULL, field text COLLATE "C" NOT NULL,
            start integer NOT NULL, length integer NOT NULL, at bigint NOT NULL, "by" text COLLATE "C", agent text COLLATE "C",
            agentname text COLLATE "C", folded text COLLATE "C" NOT NULL);
        CREATE INDEX ix_search_pieces_agents ON search_pieces (item) WHERE kind = 'agent';
        CREATE TABLE search_progress (roomkey bigint NOT NULL PRIMARY KEY, through bigint NOT NULL, step integer NOT NULL);
        """;

    /// <summary>Empties tables that were made by other rules, so that they are filled anew.</summary>
    public static void Ensure(NpgsqlConnection connection)
    {
        if (connection.FindSetting(VersionSetting) == SearchText.Version)
            return;

        using var transaction = connection.BeginTransaction();
        connection.Execute(Statements);
        connection.SaveSetting(VersionSetting, SearchText.Version);
        transaction.Commit();
    }
}
