using Microsoft.OpenApi;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Hosting;

/// <summary>The groups of the document's calls: an endpoint's own tag, or the noun of its address.</summary>
internal static class ApiTags
{
    private const string Room = "api/rooms/{room}";

    // Each noun of an address that is not its own group.
    private static readonly Dictionary<string, string> Groups = new()
    {
        ["rooms"] = "Rooms",
        ["join"] = "Joining",
        ["invites/look"] = "Joining",
        ["return"] = "Joining",
        ["tickets"] = "Joining",
        ["embed"] = "Embeds",
        ["bans"] = "Members",
        ["presence"] = "Members",
        ["attendance"] = "Members",
        ["hands"] = "Members",
        ["overview"] = "Operators",
        ["transcript"] = "Transcripts",
    };

    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["Agents"] = "What a room keeps ready to run.",
        ["Embeds"] = "One run on any other page.",
        ["Events"] = "The log of a room, page by page or live.",
        ["Groups"] = "Several runs of one prompt, and votes for them.",
        ["Invites"] = "Links and codes by which people join.",
        ["Joining"] = "How people and programs come in, and come back.",
        ["Members"] = "The people and programs of a room, their hands, and who watches.",
        ["Messages"] = "What people say.",
        ["Models"] = "The models that a room may use.",
        ["OpenAI API"] = "OpenAI's own calls, whose rooms watch.",
        ["Operators"] = "Health, readiness, metrics, an overview of the hub, and the account at the upstream.",
        ["Programs"] = "Programs that are members.",
        ["Reactions"] = "Reactions to messages, runs and passages.",
        ["Rooms"] = "Rooms, their names and settings.",
        ["Runs"] = "Runs of agents: start, read, decide and end.",
        ["Search"] = "Finding what was said and written.",
        ["Server"] = "The hub itself.",
        ["Swarms API"] = "The Swarms API's own calls, whose rooms watch.",
        ["Transcripts"] = "Files of what was said and written.",
    };

    /// <summary>Returns the group of an address. Below a room its noun is the next part; a transcript is one wherever it is.</summary>
    public static string Of(string path)
    {
        if (path.EndsWith("/transcript", StringComparison.Ordinal))
            return Groups["transcript"];

        if (path == "v1/account/credits")
            return "Operators";

        if (path.StartsWith("v1/", StringComparison.Ordinal))
            return OpenAiError.IsSpokenAt($"/{path}") ? "OpenAI API" : "Swarms API";

        if (!path.StartsWith("api/", StringComparison.Ordinal))
            return "Operators";

        var rest = path.StartsWith($"{Room}/", StringComparison.Ordinal) ? path[(Room.Length + 1)..] : path["api/".Length..];
        if (Groups.TryGetValue(rest, out var whole))
            return whole;

        var noun = rest.Split('/')[0];
        return Groups.TryGetValue(noun, out var group) ? group : $"{char.ToUpperInvariant(noun[0])}{noun[1..]}";
    }

    public static HashSet<OpenApiTag> Describe(IEnumerable<string?> names) =>
    [
        .. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name, Description = Descriptions.GetValueOrDefault(name) }),
    ];
}
