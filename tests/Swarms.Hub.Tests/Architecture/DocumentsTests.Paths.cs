using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_Place_In_The_Server_That_A_Document_Names_Is_There()
    {
        var folders = SourceFile.All.Select(file => file.Feature).ToHashSet();
        var places = Repository.Files("*.md")
            .SelectMany(file => Place().Matches(ReadWithoutCode(file)).Select(place => (File: file, Path: place.Groups[1].Value)))
            .Where(place => folders.Contains(place.Path.Split('/')[0]))
            .ToList();

        Assert.NotEmpty(places);
        var missing = places.Where(place => !IsInServer(place.Path));
        Assert.Equal("", string.Join('\n', missing.Select(place => $"{place.File}: {place.Path}")));
    }

    private static bool IsInServer(string path)
    {
        var full = Path.Combine(Repository.Root, "src/Swarms.Hub", path);
        return Directory.Exists(full) || File.Exists(full) || File.Exists($"{full}.cs");
    }

    // A folder, or a type in its folder; a member of the type may follow.
    [GeneratedRegex(@"`((?:[A-Z]\w+/)+(?:\w+(?:\.cs)?)?)(?:\.\w+)?`")]
    private static partial Regex Place();
}
