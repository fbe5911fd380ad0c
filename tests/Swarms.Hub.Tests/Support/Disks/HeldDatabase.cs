using Microsoft.Data.Sqlite;

namespace Swarms.Hub.Support;

/// <summary>Keeps the hub from writing its database until it is disposed.</summary>
internal sealed class HeldDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    public HeldDatabase(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=false");
        _connection.Open();
        Execute("BEGIN IMMEDIATE");
    }

    public void Dispose()
    {
        Execute("ROLLBACK");
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The SQL is one of the two constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
