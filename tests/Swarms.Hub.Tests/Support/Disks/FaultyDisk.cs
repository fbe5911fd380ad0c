using System.Collections.Concurrent;

namespace Swarms.Hub.Support;

/// <summary>
/// A folder for one database whose disk fails or is slow when the test says so. It works below SQLite, which sees exactly what a broken
/// disk shows. Databases elsewhere are untouched.
/// </summary>
internal sealed class FaultyDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-faulty-");
    private readonly ConcurrentDictionary<string, long> _synced = [];
    private volatile DiskFaults _faults;
    private long _syncTicks;
    private int _syncs;
    private int _failures;

    public FaultyDisk()
    {
        DatabasePath = Path.Combine(_folder.FullName, "hub.db");
        DiskShim.Add(this);
    }

    public string DatabasePath { get; }

    /// <summary>The time that each sync takes.</summary>
    public TimeSpan SyncTime
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _syncTicks));
        set => Volatile.Write(ref _syncTicks, value.Ticks);
    }

    /// <summary>The number of syncs, including failed ones.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    /// <summary>The number of errors that SQLite got.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Fails these operations until the result is disposed.</summary>
    public IDisposable Fail(DiskFaults faults)
    {
        _faults = faults;
        return new Fault(this);
    }

    public bool Owns(string file) =>
        file.StartsWith(DatabasePath, StringComparison.Ordinal) && file[DatabasePath.Length..] is "" or "-wal" or "-journal";

    public bool Fails(DiskFaults operation)
    {
        if (!_faults.HasFlag(operation))
            return false;

        Interlocked.Increment(ref _failures);
        return true;
    }

    /// <summary>Returns the length of a file that only grows, like a write-ahead log, which survives the loss of power.</summary>
    public long SyncedLength(string file) => _synced.GetValueOrDefault(file);

    public void Synced(string file)
    {
        var synced = new FileInfo(file);
        if (synced.Exists)
            _synced[file] = synced.Length;
    }

    public void Truncated(string file, long length) => _synced.AddOrUpdate(file, 0, (_, synced) => Math.Min(synced, length));

    public void Sync()
    {
        Interlocked.Increment(ref _syncs);
        if (SyncTime <= TimeSpan.Zero)
            return;

        // The wait imitates the slow disk; nobody sets the event.
        using var never = new ManualResetEventSlim();
        never.Wait(SyncTime);
    }

    public void Dispose()
    {
        DiskShim.Remove(this);
        _folder.Delete(recursive: true);
    }

    private sealed class Fault(FaultyDisk disk) : IDisposable
    {
        public void Dispose() => disk._faults = DiskFaults.None;
    }
}
