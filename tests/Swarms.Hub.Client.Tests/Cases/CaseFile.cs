using System.Text.Json.Nodes;

namespace Swarms.Hub.Client.Tests.Cases;

/// <summary>The files of tests/protocol-cases; the README there says what their fields mean.</summary>
internal static class CaseFile
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "protocol-cases");

    /// <summary>The names of all cases of a kind, as <c>noun/name</c>.</summary>
    public static IEnumerable<string> NamesOf(string kind)
    {
        var folder = Path.Combine(Root, kind);
        return Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A case with its long texts written out.</summary>
    public static JsonNode Read(string kind, string name) => Expand(JsonNode.Parse(File.ReadAllText(Path.Combine(Root, kind, name + ".json"))))!;

    private static JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject { Count: 2 } text when text["$repeat"] is { } repeat =>
            string.Concat(Enumerable.Repeat(repeat.GetValue<string>(), text["times"]!.GetValue<int>())),
        JsonObject parent => new JsonObject(parent.Select(field => KeyValuePair.Create(field.Key, Expand(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Expand)]),
        _ => node?.DeepClone(),
    };
}
