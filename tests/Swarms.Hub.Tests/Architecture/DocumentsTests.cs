using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Architecture;

/// <summary>Checks that the documents beside the code agree with it.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Table_Of_Endings_In_The_Protocol_Is_The_Table_In_The_Code()
    {
        var written = EndingRow().Matches(Read("src/Swarms.Hub.Protocol/PROTOCOL.md"))
            .Select(row => string.Join(' ', row.Groups.Values.Skip(1).Select(cell => cell.Value.Trim())));

        Assert.Equal(
            Endings.All.Select(
                ending => $"{ending.Code} {ending.HttpStatus} {ending.CloseCode} {ending.ComeBack.ToString().ToLowerInvariant()}"),
            written);
    }

    [Fact]
    public void Every_Code_Has_Its_Ending()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.Equal(codes.Order(), Endings.All.Select(ending => ending.Code).Order());
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

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(@"^\| `([a-z_]+)` \|( \d{3}|) \|( \d{4}|) \| (no|now|after) \|", RegexOptions.Multiline)]
    private static partial Regex EndingRow();

    [GeneratedRegex("^COPY (?!--)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();
}
