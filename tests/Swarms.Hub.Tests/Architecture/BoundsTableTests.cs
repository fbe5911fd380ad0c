using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>Each bound in the README's table has the test that it names.</summary>
public sealed partial class BoundsTableTests
{
    [Fact]
    public void Every_Bound_Names_A_Test_That_There_Is()
    {
        var rows = Row().Matches(File.ReadAllText(ReadmePath()));

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(
            typeof(BoundsTableTests).Assembly.GetTypes(),
            type => type.Name == row.Groups["class"].Value && type.GetMethod(row.Groups["test"].Value) is not null));
    }

    private static string ReadmePath([CallerFilePath] string file = "") =>
        Path.GetFullPath("../../../README.md", Path.GetDirectoryName(file)!);

    [GeneratedRegex(@"^\|.*\| `(?<class>[A-Za-z]+Tests)\.(?<test>\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
