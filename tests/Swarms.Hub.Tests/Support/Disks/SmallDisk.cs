using System.Diagnostics;

namespace Swarms.Hub.Support;

/// <summary>A file system of a few megabytes that can be filled to the last byte and emptied again.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder;

    private SmallDisk(DirectoryInfo folder) => _folder = folder;

    public string DatabasePath => Path.Combine(_folder.FullName, "hub.db");

    /// <summary>Mounts it; returns null if this user may not mount anything.</summary>
    public static SmallDisk? TryMount()
    {
        var folder = Directory.CreateTempSubdirectory("swarms-hub-disk-");
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=12m", "swarms-hub-test", folder.FullName) == 0)
            return new SmallDisk(folder);

        folder.Delete();
        return null;
    }

    /// <summary>Fills the disk until the result is disposed.</summary>
    public IDisposable Fill()
    {
        var path = Path.Combine(_folder.FullName, "filler");
        using (var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var page = new byte[4096];
            try
            {
                while (true)
                    filler.Write(page);
            }
            catch (IOException)
            {
                // The last page is written.
            }
        }

        return new Filler(path);
    }

    public void Dispose()
    {
        Assert.Equal(0, Run("umount", "--lazy", _folder.FullName));
        _folder.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed class Filler(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
