using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Architecture;

/// <summary>What is written down beside the code says what the code does.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_Code_Is_In_The_Protocols_Table_And_No_Other()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(codes.Order(), CodeRow().Matches(Read("src/Swarms.Hub.Protocol/PROTOCOL.md")).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Everything_That_The_Image_Copies_Is_There()
    {
        var sources = Copy().Matches(Read("Dockerfile"))
            .SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1])
            .ToList();

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, source => !Path.Exists(Path.Combine(Root(), source)));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(@"^\| `([a-z_]+)` \| [0-9]{3}\b", RegexOptions.Multiline)]
    private static partial Regex CodeRow();

    [GeneratedRegex("^COPY (?!--)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();
}
