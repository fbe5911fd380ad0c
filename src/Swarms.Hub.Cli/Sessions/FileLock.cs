namespace Swarms.Hub.Cli;

/// <summary>
/// One process at a time, by a file that stays empty. The system lets go when the holder ends, however it ends. The file is never
/// deleted: a process that waits for the deleted one and another that made it anew would both hold a lock.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than writing a small file takes, even on a network drive.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<IDisposable> TakeAsync(string path, TimeProvider timeProvider)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        for (var started = timeProvider.GetTimestamp(); ; await Task.Delay(Pause, timeProvider))
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (timeProvider.GetElapsedTime(started) > Timeout)
                    throw new CommandException($"Another swarms-hub holds {path}: end it, or try again.");
            }
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, and Windows's sharing violation.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
