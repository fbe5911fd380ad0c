namespace Swarms.Hub.Support;

/// <summary>Makes a folder and its files read-only for their owner until it is disposed.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _folder;

    public ReadOnlyFolder(string folder)
    {
        _folder = folder;
        Set(Read);
    }

    public void Dispose() => Set(Read | UnixFileMode.UserWrite);

    private void Set(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();

        foreach (var file in Directory.GetFiles(_folder))
            File.SetUnixFileMode(file, mode);

        File.SetUnixFileMode(_folder, mode | Enter);
    }
}
