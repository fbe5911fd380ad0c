using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_Link_Leads_To_A_File_Or_A_Heading()
    {
        var links = Repository.Files("*.md")
            .SelectMany(file => Link().Matches(ReadWithoutCode(file)).Select(link => (File: file, Target: link.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(links);
        var broken = links.Where(link => !IsThere(link.File, link.Target));
        Assert.Equal("", string.Join('\n', broken.Select(link => $"{link.File}: {link.Target}")));
    }

    private static bool IsThere(string from, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, parts[0]);
        return Path.Exists(Path.Combine(Repository.Root, file)) && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    private static IEnumerable<string> Anchors(string file) =>
        Heading().Matches(ReadWithoutCode(file)).Select(heading => Anchor(heading.Groups[1].Value.Trim()));

    // As GitHub makes them.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(IsInAnchor)).Replace(' ', '-');

    private static bool IsInAnchor(char letter) => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_';

    private static string ReadWithoutCode(string file) => CodeBlock().Replace(Repository.Read(file), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```[^\n]*\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
