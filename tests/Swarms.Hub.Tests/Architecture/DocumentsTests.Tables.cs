using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

public sealed partial class DocumentsTests
{
    // Longer text belongs above or below its table, where it wraps.
    private const int MaxCellLength = 200;

    [Fact]
    public void No_Cell_Of_A_Table_Is_Long()
    {
        var cells = Repository.Files("*.md").SelectMany(Cells).ToList();

        Assert.NotEmpty(cells);
        var tooLong = cells.Where(cell => cell.Text.Length > MaxCellLength);
        Assert.Equal("", string.Join('\n', tooLong.Select(cell => $"{cell.Place}: {cell.Text.Length} characters")));
    }

    private static IEnumerable<(string Place, string Text)> Cells(string file)
    {
        var isCode = false;
        foreach (var (line, number) in Repository.Read(file).Split('\n').Select((line, index) => (line, index + 1)))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (isCode || !line.StartsWith('|'))
                continue;

            foreach (var cell in Border().Split(line.Trim().Trim('|')))
                yield return ($"{file}:{number}", cell.Trim());
        }
    }

    // A border that is part of a cell's text has a backslash before it.
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();
}
