namespace Swarms.Hub.Storage.Model;

/// <summary>Creates files that only their owner may read and write: they hold transcripts, hashes and keys.</summary>
internal static class OwnerFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the file for this process alone. An existing file keeps its mode.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        return new FileStream(path, options);
    }

    /// <summary>
    /// Creates the file empty if it does not exist. SQLite takes an empty file for a new database, and gives its other files the same mode.
    /// </summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
            Open(path, FileMode.CreateNew).Dispose();
    }
}
