using System.Data.Common;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Search;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The tables of the search, which EF Core does not know: the passages, their index by three letters, and how far each room was read. All
/// of it can be made anew from the other tables. Called at the start and by the writer's loop.
/// </summary>
internal static class SearchSchema
{
    private const string VersionSetting = "search-text";

    /// <summary>The statements that remove them.</summary>
    public const string DropStatements =
        """
        DROP TABLE IF EXISTS search_index;
        DROP TABLE IF EXISTS search_pieces;
        DROP TABLE IF EXISTS search_progress;
        """;

    /// <summary>The statements that make the tables.</summary>
    public const string Statements =
        """
        CREATE TABLE search_pieces (
            Id INTEGER NOT NULL PRIMARY KEY, Kind TEXT NOT NULL, Item TEXT NOT NULL, Field TEXT NOT NULL, Start INTEGER NOT NULL,
            Length INTEGER NOT NULL, At INTEGER NOT NULL, "By" TEXT, Agent TEXT, AgentName TEXT, Folded TEXT NOT NULL);
        CREATE INDEX IX_search_pieces_agents ON search_pieces (Item) WHERE Kind = 'agent';
        CREATE VIRTUAL TABLE search_index USING fts5(
            Folded, content = 'search_pieces', content_rowid = 'Id', tokenize = 'trigram case_sensitive 1');
        INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
        CREATE TRIGGER search_pieces_added AFTER INSERT ON search_pieces BEGIN
            INSERT INTO search_index (rowid, Folded) VALUES (new.Id, new.Folded);
        END;
        CREATE TRIGGER search_pieces_removed AFTER DELETE ON search_pieces BEGIN
            INSERT INTO search_index (search_index, rowid, Folded) VALUES ('delete', old.Id, old.Folded);
        END;
        CREATE TABLE search_progress (RoomKey INTEGER NOT NULL PRIMARY KEY, Through INTEGER NOT NULL, Step INTEGER NOT NULL);
        """;

    /// <summary>Empties an index that was made by other rules, so that it is filled anew.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        if (connection.FindSetting(VersionSetting) == SearchText.Version)
            return;

        using var transaction = connection.BeginTransaction(deferred: false);
        Rebuild(connection);
        transaction.Commit();
    }

    /// <summary>Makes the tables anew and empty, in the current transaction.</summary>
    public static void Rebuild(DbConnection connection)
    {
        // Texts that are erased later must not be left in free pages.
        connection.Execute("PRAGMA secure_delete = ON");
        connection.Execute(DropStatements);
        connection.Execute(Statements);
        connection.SaveSetting(VersionSetting, SearchText.Version);
    }
}
