namespace Swarms.Hub.Architecture;

/// <summary>Rules of style that no analyzer checks, over every C# file of the repository.</summary>
public sealed class HandwritingTests
{
    private const int MaxColumns = 140;

    // Folders that are still to be written in this hand. A folder leaves the list for good.
    private static readonly string[] NotYet = ["src/Swarms.Hub.Client", "src/Swarms.Hub.Cli", "tests/Swarms.Hub.Client.Tests"];

    private static readonly IReadOnlyList<string> Files =
        [.. Repository.Files("*.cs").Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal))];

    [Fact]
    public void No_Line_Is_Wider_Than_140_Columns() =>
        Assert.Equal("", string.Join('\n', Files.Where(file => !NotYet.Any(folder => IsIn(file, folder))).SelectMany(WideLines)));

    [Fact]
    public void A_Folder_On_The_List_Still_Has_Wide_Lines() =>
        Assert.Equal("", string.Join('\n', NotYet.Where(folder => !Files.Any(file => IsIn(file, folder) && WideLines(file).Any()))));

    private static IEnumerable<string> WideLines(string file) =>
        from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
        where line.Text.Length > MaxColumns
        select $"{file}:{line.Number} has {line.Text.Length} columns";

    private static bool IsIn(string file, string folder) => file.StartsWith($"{folder}/", StringComparison.Ordinal);
}
