using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// The rules for what a host enters about an agent. Each refusal names the part and says what it should be. Its sentences never repeat a
/// value, which may be a secret in the wrong place.
/// </summary>
internal static partial class AgentForm
{
    private const int MaxSystemPrompt = 16_384;
    private const int MaxModel = 200;
    private const int MaxPresets = 20;
    private const int MaxPresetTitle = 100;
    private const int MaxPresetPrompt = 2_000;
    private const int MaxConfigBytes = 16_384;
    private const int MaxSecrets = 20;
    private const int MaxSecret = 8_192;

    // A shorter secret would match ordinary text by chance, so it could not be kept out of answers.
    private const int MinSecret = 8;

    /// <summary>The fields of <c>agent_config</c> that the hub itself writes.</summary>
    public static readonly string[] OwnFields =
        ["agent_name", "model_name", "system_prompt", "temperature", "max_tokens", "max_loops", "streaming_on"];

    /// <summary>Returns the agent that the request describes, without secrets.</summary>
    public static RoomAgent Read(string id, SetAgentRequest request)
    {
        if (!Id().IsMatch(id))
            throw Invalid("The agent's id must be 1 to 40 of the signs a to z, 0 to 9 and -.");

        if (request.Temperature is < 0 or > 2)
            throw Invalid("temperature must be a number from 0 to 2.");

        if (request.MaxTokens is < 1 or > 1_000_000)
            throw Invalid("maxTokens must be an integer from 1 to 1000000.");

        if (request.MaxLoops is < 1 or > 100)
            throw Invalid("maxLoops must be an integer from 1 to 100.");

        return new RoomAgent
        {
            Id = id,
            Name = NameText.Require(request.Name, "name", Texts.MaxMemberName),
            Model = NameText.Require(request.Model, "model", MaxModel),
            SystemPrompt = string.IsNullOrWhiteSpace(request.SystemPrompt)
                ? null
                : Texts.Require(request.SystemPrompt, "systemPrompt", MaxSystemPrompt),
            Temperature = request.Temperature,
            MaxTokens = request.MaxTokens,
            MaxLoops = request.MaxLoops,
            Config = ReadConfig(request.Config),
            Presets = ReadPresets(request.Presets ?? []),
            AnswersMentions = request.AnswersMentions,
        };
    }

    /// <summary>
    /// Returns the places of the agent's secrets after the request, sorted. Refuses places that do not fit each other or the config.
    /// </summary>
    public static IReadOnlyList<string> Places(
        RoomAgent agent, IReadOnlyList<string> before, IReadOnlyDictionary<string, string?> secrets)
    {
        foreach (var (place, secret) in secrets)
        {
            SecretPlace.Require(place);
            if (secret is { Length: < MinSecret or > MaxSecret })
            {
                throw Invalid(
                    $"secrets: {place} must be a text of {MinSecret} to {MaxSecret} characters; a shorter one could not be kept secret.");
            }
        }

        string[] places =
        [
            .. before.Except(secrets.Where(secret => secret.Value is null).Select(secret => secret.Key))
                .Union(secrets.Where(secret => secret.Value is not null).Select(secret => secret.Key))
                .Order(StringComparer.Ordinal),
        ];
        if (places.Length > MaxSecrets)
            throw new HubErrorException(ErrorCodes.TooLarge, $"An agent has at most {MaxSecrets} secrets.");

        var config = Config(agent);
        foreach (var place in places)
            SecretPlace.Put(config, place, "");

        return places;
    }

    /// <summary>Returns a copy of the agent's further fields, to write into.</summary>
    public static JsonObject Config(RoomAgent agent) =>
        agent.Config is { } config ? (JsonObject)JsonNode.Parse(JsonMarshal.GetRawUtf8Value(config))! : [];

    private static JsonElement? ReadConfig(JsonElement? config)
    {
        if (config is null or { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null })
            return null;

        if (config is not { ValueKind: JsonValueKind.Object } given)
            throw Invalid("config must be an object with further fields of agent_config.");

        if (JsonMarshal.GetRawUtf8Value(given).Length > MaxConfigBytes)
            throw new HubErrorException(ErrorCodes.TooLarge, $"config is larger than {MaxConfigBytes} bytes.");

        var read = Tidy(given);
        var own = read.EnumerateObject().Select(field => field.Name).FirstOrDefault(OwnFields.Contains);
        if (own is not null)
            throw Invalid($"config must not hold {own}: the hub writes that field itself, from a field of the agent or for every run.");

        if (CredentialFinder.FindPlace(read) is { } place)
        {
            throw Invalid(
                $"config.{UpstreamErrorText.Tidy(place)} looks like a credential, and the room sees config. Put it under secrets instead, "
                + "by its place.");
        }

        return read;
    }

    // JSON's grammar allows half of a surrogate pair and the same name twice, and nothing that reads the room's events should meet them.
    private static JsonElement Tidy(JsonElement config)
    {
        using var document = JsonText.TryParse(JsonText.ToUtf8(JsonMarshal.GetRawUtf8Value(config)), out var safe);
        try
        {
            using var unique = JsonDocument.Parse(safe, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return unique.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Invalid("config names a field twice, or is nested too deep.");
        }
    }

    private static AgentPreset[] ReadPresets(IReadOnlyList<AgentPreset?> presets)
    {
        if (presets.Count > MaxPresets)
            throw new HubErrorException(ErrorCodes.TooLarge, $"An agent has at most {MaxPresets} presets.");

        return
        [
            .. presets.Select(preset => new AgentPreset(
                NameText.Require(preset?.Title, "The title of a preset", MaxPresetTitle),
                Texts.Require(preset?.Prompt, "The prompt of a preset", MaxPresetPrompt))),
        ];
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
