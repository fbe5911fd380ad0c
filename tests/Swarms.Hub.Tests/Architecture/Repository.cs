using System.Runtime.CompilerServices;

namespace Swarms.Hub.Architecture;

/// <summary>The project's own files, as they lie in the repository; nothing that a build or a package manager made.</summary>
internal static class Repository
{
    private static readonly string[] Made =
        [".git", "bin", "obj", "node_modules", "dist", "wwwroot", "StrykerOutput", "BenchmarkDotNet.Artifacts", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The paths below the root, with slashes, of all files whose name fits the pattern.</summary>
    public static IReadOnlyList<string> Files(string pattern) => [.. Find(Root, pattern).Select(ToRelative).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Find(string folder, string pattern)
    {
        var inner = Directory.EnumerateDirectories(folder).Where(path => !Made.Contains(Path.GetFileName(path)));
        return Directory.EnumerateFiles(folder, pattern).Concat(inner.SelectMany(path => Find(path, pattern)));
    }

    private static string ToRelative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(here)!);
}
