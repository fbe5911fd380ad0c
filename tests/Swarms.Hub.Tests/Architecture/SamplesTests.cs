using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>
/// The samples of the README and of docs are the programs of client-demo, each of which a test runs. <c>.ci/update-samples</c> copies them.
/// </summary>
public sealed partial class SamplesTests
{
    private const int MaxLines = 60;

    private static readonly string[] Pages = ["README.md", "docs/python.md"];

    private static readonly string[] Languages = [".cs", ".html", ".mjs", ".py", ".sh"];

    private static readonly string[] Built = ["bin", "obj", "node_modules"];

    [Fact]
    public void Every_Block_Of_A_Page_That_Names_A_File_Is_That_File() => Assert.All(
        Blocks(), block => Assert.Equal(File.ReadAllText(Path.Combine(Root(), block.Groups["path"].Value)), block.Groups["code"].Value));

    [Fact]
    public void Every_Program_Of_The_Demos_Is_On_A_Page() =>
        Assert.Equal(Programs(), Blocks().Select(block => block.Groups["path"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void No_Program_Of_The_Demos_Is_Longer_Than_Sixty_Lines() =>
        Assert.All(Programs(), path => Assert.InRange(File.ReadLines(Path.Combine(Root(), path)).Count(), 1, MaxLines));

    private static IEnumerable<Match> Blocks() => Pages.SelectMany(page => Block().Matches(File.ReadAllText(Path.Combine(Root(), page))));

    private static List<string> Programs()
    {
        var programs =
            from file in Directory.EnumerateFiles(Path.Combine(Root(), "client-demo"), "*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Root(), file).Replace('\\', '/')
            where Languages.Contains(Path.GetExtension(path)) && !path.Split('/').Any(Built.Contains)
            select path;
        return [.. programs.Order(StringComparer.Ordinal)];
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(here)!);

    [GeneratedRegex("^```[a-z]+ (?<path>\\S+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
