namespace Swarms.Hub.Storage;

/// <summary>The database that holds the rooms.</summary>
internal enum StorageProvider
{
    /// <summary>A file beside the hub.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,
}
