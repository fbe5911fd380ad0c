namespace Swarms.Hub.Cli;

/// <summary>
/// A lock between processes, held by an open file. The system releases it when the holder ends, however it ends. The file is never
/// deleted: one process could hold the deleted file while another makes and holds a new one.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than many consoles take, one after the other, to write a small file to a busy disk.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

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
