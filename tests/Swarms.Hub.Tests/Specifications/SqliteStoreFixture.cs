using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>A SQLite file in its own folder.</summary>
internal sealed class SqliteStoreFixture : IStoreFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-store-");
    private readonly FaultyDisk? _disk;
    private readonly StorageDurability _durability;
    private int _images;

    private SqliteStoreFixture(string? path, StorageDurability durability, FaultyDisk? disk)
    {
        (_durability, _disk) = (durability, disk);
        DatabasePath = path ?? Path.Combine(_folder.FullName, "hub.db");
        if (path is null || disk is not null)
            EmptyDatabase.CreateAt(DatabasePath);
    }

    public string DatabasePath { get; private set; }

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Storage:Path"] = DatabasePath,
        ["Storage:Durability"] = $"{_durability}",
    };

    /// <summary>Creates an empty database whose power can be cut.</summary>
    public static Task<IStoreFixture> CreateAsync(StorageDurability durability)
    {
        var disk = new FaultyDisk();
        return Task.FromResult<IStoreFixture>(new SqliteStoreFixture(disk.DatabasePath, durability, disk));
    }

    /// <summary>Opens an empty database, or an existing file as it is.</summary>
    public static SqliteStoreFixture Open(string? path = null) => new(path, StorageDurability.Endings, null);

    public HubDbContext OpenRows() => OpenRows(DatabasePath);

    public IDisposable Break()
    {
        var (path, away) = (DatabasePath, DatabasePath + ".away");
        File.Move(path, away);
        return new Removal(path, away);
    }

    // SQLite writes nothing before the commit.
    public IDisposable? TryFailCommits() => _disk?.Fail(DiskFaults.Write);

    public Task CrashAsync()
    {
        DatabasePath = CopyFiles(long.MaxValue);
        return Task.CompletedTask;
    }

    public Task<bool> TryCutPowerAsync()
    {
        if (_disk is not null)
            DatabasePath = CopyFiles(_disk.SyncedLength(DatabasePath + "-wal"));

        return Task.FromResult(_disk is not null);
    }

    public async Task<string> CopyAsync()
    {
        var copy = NextImage("copy");
        await using var rows = OpenRows();
        await rows.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        return copy;
    }

    public Task RestoreAsync(string copy)
    {
        File.Copy(copy, DatabasePath, overwrite: true);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        _disk?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Copies the file, and its write-ahead log up to this length.
    private string CopyFiles(long logLength)
    {
        var image = NextImage("image");
        File.Copy(DatabasePath, image);
        if (!File.Exists(DatabasePath + "-wal"))
            return image;

        File.Copy(DatabasePath + "-wal", image + "-wal");
        using var log = File.OpenWrite(image + "-wal");
        log.SetLength(Math.Min(log.Length, logLength));
        return image;
    }

    private string NextImage(string kind) => Path.Combine(_folder.FullName, $"{kind}-{++_images}.db");

    private static HubDbContext OpenRows(string path) =>
        new(new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={path};Pooling=False").Options);

    private sealed class Removal(string path, string away) : IDisposable
    {
        public void Dispose() => File.Move(away, path);
    }
}
