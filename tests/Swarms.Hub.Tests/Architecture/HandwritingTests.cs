using System.Runtime.CompilerServices;

namespace Swarms.Hub.Architecture;

/// <summary>Rules of style that no analyzer checks, over every C# file of the repository.</summary>
public sealed class HandwritingTests
{
    private const int MaxColumns = 140;

    // Folders that are still to be written in this hand. A folder leaves the list for good.
    private static readonly string[] NotYet =
    [
        "src/Swarms.Hub/RoomLogs", "src/Swarms.Hub/Runs", "src/Swarms.Hub/Rooms", "src/Swarms.Hub/Delivery", "src/Swarms.Hub/Hubs",
        "src/Swarms.Hub.Client", "src/Swarms.Hub.Cli", "tests/Swarms.Hub.Tests/Specifications", "tests/Swarms.Hub.Client.Tests",
    ];

    private static readonly string[] Parts = ["src", "tests"];

    [Fact]
    public void No_Line_Is_Wider_Than_140_Columns() =>
        Assert.Equal("", string.Join('\n', Files().Where(file => !NotYet.Any(folder => IsIn(file, folder))).SelectMany(WideLines)));

    [Fact]
    public void A_Folder_On_The_List_Still_Has_Wide_Lines() =>
        Assert.Equal("", string.Join('\n', NotYet.Where(folder => !Files().Any(file => IsIn(file, folder) && WideLines(file).Any()))));

    private static IEnumerable<string> WideLines(string file) =>
        from line in File.ReadLines(Path.Combine(Root(), file)).Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > MaxColumns
        select $"{file}:{line.Number} has {line.Text.Length} columns";

    private static IEnumerable<string> Files() =>
        from part in Parts
        from file in Directory.EnumerateFiles(Path.Combine(Root(), part), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(Root(), file).Replace('\\', '/')
        where !path.Split('/').Any(folder => folder is "bin" or "obj" or "node_modules" or "Migrations")
        select path;

    private static bool IsIn(string file, string folder) => file.StartsWith($"{folder}/", StringComparison.Ordinal);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(here)!);
}
