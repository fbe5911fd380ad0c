using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Cases;

/// <summary>One file of tests/protocol-cases/fold.</summary>
internal sealed record FoldCase(string Name, IReadOnlyList<RoomFrame> Frames, JsonNode Expected, IReadOnlyList<string> ExpectedMismatches)
{
    public static IEnumerable<string> Names => CaseFile.NamesOf("fold");

    public static FoldCase Load(string name)
    {
        var file = CaseFile.Read("fold", name);
        return new FoldCase(
            file["name"]!.GetValue<string>(),
            file["frames"].Deserialize<RoomFrame[]>(ProtocolJson.Options)!,
            file["expected"]!,
            file["expectedMismatches"].Deserialize<string[]>()!);
    }
}
