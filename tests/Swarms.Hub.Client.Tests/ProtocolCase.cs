using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

/// <summary>One file of tests/protocol-cases; its README says what the fields mean.</summary>
internal sealed record ProtocolCase(string Name, IReadOnlyList<RoomFrame> Frames, JsonNode Expected, IReadOnlyList<string> ExpectedMismatches)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "protocol-cases");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static ProtocolCase Load(string name)
    {
        var file = Expand(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))))!;
        return new ProtocolCase(
            file["name"]!.GetValue<string>(),
            file["frames"].Deserialize<RoomFrame[]>(ProtocolJson.Options)!,
            file["expected"]!,
            file["expectedMismatches"].Deserialize<string[]>()!);
    }

    private static JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject { Count: 2 } text when text["$repeat"] is { } repeat =>
            string.Concat(Enumerable.Repeat(repeat.GetValue<string>(), text["times"]!.GetValue<int>())),
        JsonObject parent => new JsonObject(parent.Select(field => KeyValuePair.Create(field.Key, Expand(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Expand)]),
        _ => node?.DeepClone(),
    };
}
