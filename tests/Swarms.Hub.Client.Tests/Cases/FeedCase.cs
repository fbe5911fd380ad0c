using System.Text.Json.Nodes;

namespace Swarms.Hub.Client.Tests.Cases;

/// <summary>One file of tests/protocol-cases/feed; the README there says what the fields mean.</summary>
internal sealed record FeedCase(
    string Name, bool Waits, int? MaxBufferedEvents, IReadOnlyList<KeyValuePair<string, JsonNode?>> Steps, JsonNode? State)
{
    public static IEnumerable<string> Names => CaseFile.NamesOf("feed").Where(name => CaseFile.Read("feed", name)["platform"] is null);

    public static FeedCase Load(string name)
    {
        var file = CaseFile.Read("feed", name);
        return new FeedCase(
            file["name"]!.GetValue<string>(),
            file["program"]?.GetValue<string>() == "waits",
            file["maxBufferedEvents"]?.GetValue<int>(),
            [.. file["steps"]!.AsArray().Select(step => step!.AsObject().Single())],
            file["state"]);
    }
}
