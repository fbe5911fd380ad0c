using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// Statements without EF Core. A start executes these alone: EF Core's model and its first queries took two thirds of a start's CPU time.
/// </summary>
internal static class PlainSql
{
    private const string SaveSettingStatement =
        "INSERT INTO settings (Name, Value) VALUES ($1, $2) ON CONFLICT (Name) DO UPDATE SET Value = excluded.Value";

    /// <summary>Executes the statement; its parameters are $1, $2 and so on.</summary>
    public static void Execute(this SqliteConnection connection, string sql, params object[] parameters)
    {
        using var command = Create(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads every row of the answer.</summary>
    public static List<T> Query<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object[] parameters)
    {
        using var command = Create(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    /// <summary>Returns the store's fact of this name; null if there is none.</summary>
    public static string? FindSetting(this SqliteConnection connection, string name) =>
        connection.Query("SELECT Value FROM settings WHERE Name = $1", row => row.GetString(0), name).FirstOrDefault();

    public static void SaveSetting(this SqliteConnection connection, string name, string value) =>
        connection.Execute(SaveSettingStatement, name, value);

    private static SqliteCommand Create(SqliteConnection connection, string sql, object[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", parameters[i]);

        return command;
    }
}
