using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Looks each second whether the disk has the room that <see cref="StorageOptions.MinFreeBytes"/> asks for.</summary>
internal sealed partial class DiskFloor(
    SqliteDatabase database, CommitQueue queue, IOptions<StorageOptions> options, TimeProvider time, ILogger<DiskFloor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first look.</summary>
    public Task Looked => _looked.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A server has its own disk, and says when it is full.
        if (options.Value.MinFreeBytes == 0 || options.Value.Provider != StorageProvider.Sqlite)
            return;

        await database.Opened.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                Look();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    /// <summary>Returns the bytes that the disk of a file has left; null if it cannot be asked.</summary>
    public static long? FindFree(string path)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Look()
    {
        // A disk that cannot be asked fails at its next write, which the writer handles.
        if (FindFree(database.Path) is not { } free)
            return;

        var isNearlyFull = free < options.Value.MinFreeBytes;
        if (isNearlyFull != queue.IsNearlyFull && isNearlyFull)
            Log.NearlyFull(logger, free, options.Value.MinFreeBytes);
        else if (isNearlyFull != queue.IsNearlyFull)
            Log.HasRoom(logger, free);

        queue.IsNearlyFull = isNearlyFull;
        _looked.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error,
            "The disk has {Free} bytes left, less than {Floor} (Storage:MinFreeBytes): nothing new is taken until there is more.")]
        public static partial void NearlyFull(ILogger logger, long free, long floor);

        [LoggerMessage(2, LogLevel.Information, "The disk has {Free} bytes left again, and everything is taken.")]
        public static partial void HasRoom(ILogger logger, long free);
    }
}
