using Npgsql;
using NpgsqlTypes;

namespace Swarms.Hub.Storage.PostgreSql;

internal static class NpgsqlCommandExtensions
{
    /// <summary>Adds a column as the next parameter.</summary>
    public static void AddArray<T>(this NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
}
