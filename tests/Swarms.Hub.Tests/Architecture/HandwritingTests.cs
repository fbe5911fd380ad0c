namespace Swarms.Hub.Architecture;

/// <summary>Rules of style that no analyzer checks, over every C# file of the repository.</summary>
public sealed class HandwritingTests
{
    private const int MaxColumns = 140;

    private static readonly IReadOnlyList<string> Files =
    [
        .. Repository.Files("*.cs").Where(file =>
            !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/CompiledModel/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void No_Line_Is_Wider_Than_140_Columns() =>
        Assert.Equal("", string.Join('\n', Files.SelectMany(WideLines)));

    private static IEnumerable<string> WideLines(string file) =>
        from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
        where line.Text.Length > MaxColumns
        select $"{file}:{line.Number} has {line.Text.Length} columns";
}
