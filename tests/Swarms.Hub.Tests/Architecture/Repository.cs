using System.Runtime.CompilerServices;

namespace Swarms.Hub.Architecture;

/// <summary>The project's own files in the repository, without those that a build or a package manager made.</summary>
internal static class Repository
{
    private static readonly string[] Made =
        [".git", "bin", "obj", "node_modules", "dist", "wwwroot", "StrykerOutput", "BenchmarkDotNet.Artifacts", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Returns the paths below the root, with slashes, of all files whose name matches the pattern.</summary>
    public static IReadOnlyList<string> Files(string pattern) => [.. Find(Root, pattern).Select(ToRelative).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Find(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern)
        .Concat(
            Directory.EnumerateDirectories(folder)
                .Where(inner => !Made.Contains(Path.GetFileName(inner)))
                .SelectMany(inner => Find(inner, pattern)));

    private static string ToRelative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(here)!);
}
