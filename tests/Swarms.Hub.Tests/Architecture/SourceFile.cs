using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>One file of the server: the feature it belongs to, and its code without comments.</summary>
internal sealed partial record SourceFile(string Feature, string Name, string Code)
{
    /// <summary>Every file of every feature, and Program.cs, whose feature is empty.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Read(Folder())];

    public override string ToString() => $"{Feature}/{Name}";

    /// <summary>The features among <paramref name="features"/> that the code names: in a using, or before a type.</summary>
    public IEnumerable<string> Names(IEnumerable<string> features) => features.Where(other => other != Feature
        && Regex.IsMatch(Code, $@"\bSwarms\.Hub\.{other}\b|(?<![\w.""/]){other}\.[A-Z]"));

    private static IEnumerable<SourceFile> Read(string folder)
    {
        yield return Read(Path.Combine(folder, "Program.cs"), "");
        foreach (var feature in Directory.GetDirectories(folder).Where(path => Path.GetFileName(path) is not ("bin" or "obj")).Order())
        {
            foreach (var file in Directory.GetFiles(feature, "*.cs", SearchOption.AllDirectories).Order())
                yield return Read(file, Path.GetFileName(feature));
        }
    }

    private static SourceFile Read(string file, string feature) =>
        new(feature, Path.GetFileName(file), Comment().Replace(File.ReadAllText(file), ""));

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Swarms.Hub"));

    // Not what follows a colon, as in an address.
    [GeneratedRegex(@"(?<!:)//.*|/\*[\s\S]*?\*/")]
    private static partial Regex Comment();
}
