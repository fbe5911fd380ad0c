using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// The place of a secret below <c>agent_config</c>: names of fields, or numbers of a list's items, joined by dots.
/// </summary>
internal static partial class SecretPlace
{
    private const int MaxLength = 200;

    /// <summary>Refuses what is no place, or a place that a field of the agent has.</summary>
    public static void Require(string place)
    {
        if (place.Length > MaxLength || !Form().IsMatch(place))
        {
            throw Invalid(
                $"secrets: a place is made of names joined by dots, as mcp_config.authorization_token, of at most {MaxLength} characters.");
        }

        if (AgentForm.OwnFields.Contains(place.Split('.')[0]))
            throw Invalid($"secrets: {place} is a field that the room sees, so it holds no secret.");
    }

    /// <summary>Puts a secret into the config. Refuses a place that leads through something that is no object or list.</summary>
    public static void Put(JsonObject config, string place, string secret)
    {
        var names = place.Split('.');
        JsonNode node = config;
        foreach (var name in names[..^1])
            node = Child(node, name) ?? throw Blocked(place);

        switch (node)
        {
            case JsonObject parent when parent[names[^1]] is null or JsonValue:
                parent[names[^1]] = secret;
                break;
            case JsonArray list when IndexIn(list, names[^1]) is { } index && list[index] is null or JsonValue:
                list[IndexIn(list, names[^1])!.Value] = secret;
                break;
            default:
                throw Blocked(place);
        }
    }

    private static JsonNode? Child(JsonNode node, string name)
    {
        if (node is JsonArray list)
            return IndexIn(list, name) is { } index ? list[index] : null;

        if (node is not JsonObject parent)
            return null;

        if (parent[name] is null)
            parent[name] = new JsonObject();

        return parent[name];
    }

    private static int? IndexIn(JsonArray list, string name) =>
        int.TryParse(name, out var index) && index >= 0 && index < list.Count ? index : null;

    private static HubErrorException Blocked(string place) =>
        Invalid($"secrets: {place} leads through a field that holds something else. Take that out of config, or name another place.");

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
