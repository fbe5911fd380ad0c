using Npgsql;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>Another hub owns the database, or has taken it over. This one reads and writes nothing there any more.</summary>
internal sealed class DatabaseLostException(string message) : NpgsqlException(message);
