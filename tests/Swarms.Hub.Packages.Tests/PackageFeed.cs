using System.Diagnostics;
using System.Reflection;
using System.Text;

[assembly: AssemblyFixture(typeof(Swarms.Hub.Packages.PackageFeed))]

namespace Swarms.Hub.Packages;

/// <summary>
/// A folder with the packages of both libraries, and programs outside the repository that restore them from there. The packages have a
/// version of their own, so nothing that was restored before is taken for them.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly string[] Projects = ["Swarms.Hub.Protocol", "Swarms.Hub.Client"];

    /// <summary>A compiler for machine code takes minutes on a small machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-packages-");
    private readonly Dictionary<string, Task<string>> _built = [];

    /// <summary>The packages' version.</summary>
    public string Version { get; } = $"0.1.0-test.{Environment.ProcessId}.{TimeProvider.System.GetTimestamp()}";

    /// <summary>The folder with the packages.</summary>
    public string Packages => Path.Combine(_folder.FullName, "feed");

    /// <summary>The folder of these tests' sources.</summary>
    internal static string Sources { get; } = Metadata("Sources");

    private static string Repository { get; } = Path.GetFullPath("../..", Sources);

    /// <summary>A file of the repository.</summary>
    public static string InRepository(string path) => Path.Combine(Repository, path);

    public async ValueTask InitializeAsync()
    {
        foreach (var project in Projects)
        {
            await DotNetAsync(
                Repository, "pack", InRepository($"src/{project}"), "--configuration", Metadata("Configuration"), "--output", Packages,
                $"-p:PackageVersion={Version}");
        }
    }

    public ValueTask DisposeAsync()
    {
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var project in Projects)
            Delete(Path.Combine(restored, project.ToLowerInvariant(), Version));

        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes a program into a folder of its own and runs a command of <c>dotnet</c> on it, once; returns that folder.</summary>
    /// <param name="name">The program's name.</param>
    /// <param name="project">The project file.</param>
    /// <param name="sources">The folder whose files are the program's sources.</param>
    /// <param name="command">The command.</param>
    internal Task<string> BuildAsync(string name, string project, string sources, params string[] command)
    {
        if (!_built.TryGetValue(name, out var built))
            _built[name] = built = BuildOnceAsync(name, project, sources, command);

        return built;
    }

    private async Task<string> BuildOnceAsync(string name, string project, string sources, string[] command)
    {
        var folder = Path.Combine(_folder.FullName, name);
        foreach (var file in Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(sources, file);
            if (path.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj" || path.EndsWith(".csproj", StringComparison.Ordinal)
                || path == "packages.lock.json")
                continue;

            var copy = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), project);
        await DotNetAsync(folder, [.. command, $"-p:RestoreAdditionalProjectSources={Packages}"]);
        return folder;
    }

    private static async Task DotNetAsync(string folder, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [.. command, "--disable-build-servers"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        // A warning is one that everybody gets who packs or compiles.
        var printed = await output + await error;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', command)} ended with {process.ExitCode}:\n{printed}");
        Assert.DoesNotContain("warning ", printed, StringComparison.Ordinal);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string Metadata(string key) =>
        typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
