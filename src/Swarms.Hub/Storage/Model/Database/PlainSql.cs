using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Statements without EF Core. A start executes these alone: EF Core's model and its first queries took two thirds of a start's CPU time.
/// Their names have no quotes, so that PostgreSQL reads them in small letters, which its columns have.
/// </summary>
internal static class PlainSql
{
    private const string SaveSettingStatement =
        "INSERT INTO settings (Name, Value) VALUES ($1, $2) ON CONFLICT (Name) DO UPDATE SET Value = excluded.Value";

    /// <summary>Executes the statement; its parameters are $1, $2 and so on.</summary>
    public static void Execute(this DbConnection connection, string sql, params object[] parameters)
    {
        using var command = Create(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads every row of the answer.</summary>
    public static List<T> Query<T>(this DbConnection connection, string sql, Func<DbDataReader, T> read, params object[] parameters)
    {
        using var command = Create(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    /// <summary>Returns the store's fact of this name; null if there is none.</summary>
    public static string? FindSetting(this DbConnection connection, string name) =>
        connection.Query("SELECT Value FROM settings WHERE Name = $1", row => row.GetString(0), name).FirstOrDefault();

    public static void SaveSetting(this DbConnection connection, string name, string value) =>
        connection.Execute(SaveSettingStatement, name, value);

    /// <summary>
    /// Adds the value of $1, $2 and so on: SQLite finds it by its name, and PostgreSQL by its place. PostgreSQL refuses a text with U+0000,
    /// and an id that somebody asks for may have one.
    /// </summary>
    public static void AddParameter(this DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        parameter.Value = value;
        if (parameter is SqliteParameter)
            parameter.ParameterName = $"${command.Parameters.Count + 1}";
        else if (value is string text)
            parameter.Value = StoredText.EncodeWhole(text);

        command.Parameters.Add(parameter);
    }

    private static DbCommand Create(DbConnection connection, string sql, object[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in parameters)
            command.AddParameter(value);

        return command;
    }
}
