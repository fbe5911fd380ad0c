using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_Link_Leads_To_A_File_Or_A_Heading()
    {
        var links = Repository.Files("*.md")
            .SelectMany(file => Link().Matches(WithoutCode(Repository.Read(file))).Select(link => (file, Target: link.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(links);
        Assert.Equal(
            "", string.Join('\n', links.Where(link => !IsThere(link.file, link.Target)).Select(link => $"{link.file}: {link.Target}")));
    }

    private static bool IsThere(string from, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0
            ? from
            : Path.GetRelativePath(
                Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(from)!, parts[0])));
        return Path.Exists(Path.Combine(Repository.Root, file))
            && (parts.Length == 1 || HasAnchor(file, parts[1]));
    }

    private static bool HasAnchor(string file, string anchor) =>
        Heading().Matches(WithoutCode(Repository.Read(file))).Any(heading => Anchor(heading.Groups[1].Value) == anchor);

    // Anchors as GitHub makes them.
    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_'))
            .Replace(' ', '-');

    private static string WithoutCode(string markdown) => CodeBlock().Replace(markdown, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```[^\n]*\n.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
