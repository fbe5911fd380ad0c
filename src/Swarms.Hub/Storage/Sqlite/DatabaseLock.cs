using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>
/// The operating system's lock on a file beside the database; its holder owns the database. The kernel releases it with the process,
/// however that ends. Not thread-safe.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly string _path;
    private FileStream _file;

    /// <summary>Takes the lock; throws an <see cref="IOException"/> if the file cannot be created or is held.</summary>
    public DatabaseLock(string databasePath)
    {
        _path = databasePath + ".lock";
        _file = Take();
    }

    /// <summary>True if the lock file exists and another process, or another hub in this one, holds it.</summary>
    public static bool IsHeld(string databasePath)
    {
        try
        {
            using var file = new FileStream(databasePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return File.Exists(databasePath + ".lock");
        }
    }

    /// <summary>
    /// Takes the lock again if its file was deleted, because a deleted file protects nothing. Returns false if another hub was quicker and
    /// owns the database now.
    /// </summary>
    public bool TryKeep()
    {
        if (IsInPlace())
            return true;

        try
        {
            var again = Take();
            _file.Dispose();
            _file = again;
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

    private FileStream Take() => OwnerFile.Open(_path, FileMode.OpenOrCreate);

    // Linux tells the name of an open file, also that it was deleted. Windows lets nobody delete a locked file; macOS is not checked.
    private bool IsInPlace() =>
        !OperatingSystem.IsLinux()
        || new FileInfo($"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}").LinkTarget is not { } name
        || name == _path;
}
