using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// A validated request for a run. Only <see cref="Agent"/> and <see cref="Task"/> are ever shown to a room, because the body may contain
/// other services' secrets.
/// </summary>
internal sealed record RunRequest(string Kind, JsonElement Body, bool IsStreamed, RunAgent Agent, string Task)
{
    private const int MaxNameLength = 200;

    /// <summary>The body's size in memory; 0 once it was sent.</summary>
    public int BodyBytes => Body.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(Body).Length;

    /// <summary>Returns a hash that tells requests apart without keeping them.</summary>
    public byte[] Hash() => SHA256.HashData([.. Encoding.UTF8.GetBytes($"{Kind}\n"), .. JsonMarshal.GetRawUtf8Value(Body)]);

    /// <summary>Validates a request.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="body">The request's body, as the Swarms API takes it.</param>
    /// <param name="isStreamed">Whether the run is streamed; null leaves it to the body.</param>
    public static RunRequest Parse(string? kind, JsonElement body, bool? isStreamed)
    {
        if (kind is not (RunKinds.Agent or RunKinds.Swarm))
            throw Invalid("kind must be \"agent\" or \"swarm\".");

        if (body.ValueKind != JsonValueKind.Object)
            throw Invalid("request must be the JSON object that the Swarms API takes.");

        try
        {
            var config = kind == RunKinds.Agent ? ReadConfig(body) : body;
            var agent = kind == RunKinds.Agent
                ? new RunAgent(ReadName(config, "agent_name"), ReadName(config, "model_name"))
                : new RunAgent(ReadName(config, "name"), null);
            return new RunRequest(kind, body, isStreamed ?? AsksForStream(kind, body), agent, ReadTask(body));
        }
        catch (InvalidOperationException)
        {
            // JSON's grammar allows half of a surrogate pair and bytes that are no UTF-8.
            throw Invalid("A text in the request holds half of a character, or is not UTF-8.");
        }
    }

    // Only the body counts: the official SDKs accept only JSON even if they want a stream.
    private static bool AsksForStream(string kind, JsonElement body) =>
        IsTrue(body, "stream") || IsTrue(body, "streaming_on")
        || (kind == RunKinds.Agent && body.TryGetProperty("agent_config", out var config) && IsTrue(config, "streaming_on"));

    private static bool IsTrue(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonElement ReadConfig(JsonElement body)
    {
        if (!body.TryGetProperty("agent_config", out var config) || config.ValueKind == JsonValueKind.Null)
            return default;

        return config.ValueKind == JsonValueKind.Object ? config : throw Invalid("agent_config must be an object.");
    }

    private static string ReadTask(JsonElement body)
    {
        if (ReadText(body, "task") is { } task && !string.IsNullOrWhiteSpace(task))
            return task;

        if (body.TryGetProperty("tasks", out var tasks) && tasks.ValueKind == JsonValueKind.Array && tasks.GetArrayLength() > 0)
        {
            var texts = tasks.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString() : t.GetRawText());
            return string.Join('\n', texts);
        }

        throw Invalid("task is missing: it should be a text that says what to do.");
    }

    // The upstream gets the whole name. Viewers get its beginning.
    private static string? ReadName(JsonElement json, string name) =>
        ReadText(json, name) is { } text ? Texts.Cut(text, MaxNameLength) : null;

    private static string? ReadText(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid($"{name} must be a text.");
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
