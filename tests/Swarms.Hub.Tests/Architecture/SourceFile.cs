using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>One file of the server: its place in the house and its code without comments.</summary>
/// <param name="Folder">Its folder below the project, with slashes; empty for Program.cs.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its text without comments.</param>
internal sealed partial record SourceFile(string Folder, string Name, string Code)
{
    /// <summary>Every file of the server.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Read(Project())];

    /// <summary>The first part of its folder.</summary>
    public string Feature => Folder.Split('/')[0];

    public override string ToString() => $"{Folder}/{Name}";

    /// <summary>Returns the room of the file: its folder, or the nearest one above it that the table has.</summary>
    public string RoomOf(IReadOnlyCollection<string> rooms) => Nearest(Folder, rooms);

    /// <summary>Returns the rooms that the code names, in a using or before a type.</summary>
    public IEnumerable<string> Names(IReadOnlyCollection<string> rooms) =>
        Namespace().Matches(Code).Select(match => match.Groups["name"].Value)
            .Concat(Qualified().Matches(Code).Where(IsType).Select(match => match.Value))
            .Select(name => Nearest(name.Replace('.', '/'), rooms))
            .Where(room => room.Length > 0 && room != RoomOf(rooms))
            .Distinct();

    private static bool IsType(Match qualified) =>
        All.Any(file => file.Declares(qualified.Groups["folder"].Value, qualified.Groups["type"].Value));

    /// <summary>True if the code contains this word.</summary>
    public bool Mentions(string type) => Regex.IsMatch(Code, $@"\b{type}\b");

    private bool Declares(string folder, string type) => Folder.Split('/').Contains(folder) && Name == $"{type}.cs";

    private static string Nearest(string path, IReadOnlyCollection<string> rooms)
    {
        while (path.Length > 0 && !rooms.Contains(path))
            path = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";

        return path;
    }

    private static IEnumerable<SourceFile> Read(string project) =>
        from file in Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories).Order()
        let folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!).Replace('\\', '/')
        where folder.Split('/')[0] is not ("bin" or "obj")
        select new SourceFile(folder == "." ? "" : folder, Path.GetFileName(file), Comment().Replace(File.ReadAllText(file), ""));

    private static string Project([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Swarms.Hub"));

    // Slashes after a colon are part of an address, not a comment.
    [GeneratedRegex(@"(?<!:)//.*|/\*[\s\S]*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bSwarms\.Hub\.(?<name>[A-Z]\w+(?:\.[A-Z]\w+)*)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.""/])(?:[A-Z]\w+\.)*(?<folder>[A-Z]\w+)\.(?<type>[A-Z]\w+)")]
    private static partial Regex Qualified();
}
