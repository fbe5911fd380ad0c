using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary><c>Sqlite</c> (default): the file at <see cref="Path"/>. <c>PostgreSql</c>: <see cref="ConnectionString"/>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// The PostgreSQL database, as <c>Host=db;Database=hub;Username=hub;Password=…</c>. It may hold a password, so it belongs into an
    /// environment variable or a file that only the hub reads. Default: none.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The SQLite file; its folder is created. The keys of invite codes and secrets lie beside it, with PostgreSQL too. A relative path
    /// starts at the program's folder (the content root), whichever folder the hub is started from. Default <c>data/swarms-hub.db</c>.
    /// </summary>
    [Required]
    public string Path { get; set; } = "data/swarms-hub.db";

    /// <summary>
    /// <c>Endings</c> (default): chunks survive the end of the process; an ending and all events before it survive the loss of power.
    /// <c>Full</c>: every commit survives the loss of power, for the price of an fsync each.
    /// </summary>
    public StorageDurability Durability { get; set; } = StorageDurability.Endings;

    /// <summary>The most events that wait to be committed; beyond it their producers wait. 16 to 1,000,000; default 8192.</summary>
    [Range(16, 1_000_000)]
    public int MaxPendingEvents { get; set; } = 8_192;

    /// <summary>The most bytes that wait to be committed; beyond it their producers wait. 64 KiB to 1 GiB; default 16 MiB.</summary>
    [Range(65_536, 1_073_741_824)]
    public int MaxPendingBytes { get; set; } = 16_777_216;

    /// <summary>
    /// The free space of the disk below which nothing new is taken, so that runs in flight can end. 0 to 1 TiB; default 256 MiB, four runs
    /// of the largest size.
    /// </summary>
    [Range(0, 1_099_511_627_776)]
    public long MinFreeBytes { get; set; } = 268_435_456;

    /// <summary>The size of the write-ahead log above which it is checkpointed. 1 MiB to 4 GiB; default 16 MiB.</summary>
    [Range(1_048_576, 4_294_967_296)]
    public long CheckpointBytes { get; set; } = 16_777_216;

    /// <summary>Says where the database is, without anything secret.</summary>
    public string FindPlace()
    {
        if (Provider == StorageProvider.Sqlite)
            return Path;

        var parts = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
        var (host, database) = (parts.TryGetValue("Host", out var one) ? one : "?", parts.TryGetValue("Database", out var two) ? two : "?");
        return $"PostgreSQL, {database} at {host}";
    }

    /// <summary>True if a commit of this durability is synced to the disk.</summary>
    public bool IsSynced(Durability durability) => Durability == StorageDurability.Full || durability == RoomLogs.Durability.Power;
}
