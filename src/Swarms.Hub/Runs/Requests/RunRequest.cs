using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// A validated request for a run. Only <see cref="Agent"/> and <see cref="Task"/> are ever shown to a room, because the body may contain
/// other services' secrets.
/// </summary>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="Body">The JSON, as the Swarms API takes it; empty once it was sent.</param>
/// <param name="IsStreamed">Whether the run is streamed.</param>
/// <param name="Agent">The agent, or the swarm.</param>
/// <param name="Task">The task, cut to <see cref="Run.MaxTaskLength"/>; empty where a message is the task.</param>
/// <param name="TaskLength">The whole task's length; null if it is not cut.</param>
internal sealed record RunRequest(
    string Kind, ReadOnlyMemory<byte> Body, bool IsStreamed, RunAgent Agent, string Task, int? TaskLength)
{
    /// <summary>The length at which names of agents and models are cut, in UTF-16 units.</summary>
    public const int MaxNameLength = 200;

    /// <summary>The path of another call of the Swarms API, without a slash before it; null for an agent and a swarm.</summary>
    public string? Path { get; init; }

    /// <summary>The body's bytes in the budget, if it was read under it.</summary>
    public ByteBudget.Reservation? Reservation { get; init; }

    /// <summary>The texts in the body that answers must not show, besides those that look like credentials.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    /// <summary>The start by agent and task that the body was composed for; null if the caller sent the body.</summary>
    public AgentStart? Origin { get; init; }

    /// <summary>The thread of a start whose caller sent the body; that of an agent of the room is in <see cref="Origin"/>.</summary>
    public ThreadStart? Thread { get; init; }

    /// <summary>Returns a hash that tells requests apart without keeping them.</summary>
    public byte[] Hash()
    {
        if (Origin is { } origin)
            return origin.Hash();

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Path ?? Kind}\n"));
        hash.AppendData(Body.Span);
        var asked = hash.GetHashAndReset();
        return Thread?.Hash(asked) ?? asked;
    }

    /// <summary>Returns the same request with another task; nothing else of it changes.</summary>
    public RunRequest WithTask(string task)
    {
        if (RequestFields.Find(Body, "task")?.GetValueOrDefault("task") is not { Type: JsonTokenType.String, Json: var json })
            throw Invalid("The request has a list of tasks, which cannot be edited. Approve it as it is, or decline it.");

        var start = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(Body.Span), ref MemoryMarshal.GetReference(json.Span));
        var text = JsonSerializer.SerializeToUtf8Bytes(task, ProtocolJson.Options);
        byte[] body = [.. Body.Span[..start], .. text, .. Body.Span[(start + json.Length)..]];
        return Parse(Kind, body, IsStreamed) with
        {
            Agent = Agent,
            Path = Path,
            Reservation = Reservation,
            Secrets = Secrets,
            Origin = Origin,
            Thread = Thread,
        };
    }

    /// <summary>Validates a request. It is read in place: only its names and the beginning of its task are copied.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="body">The request's JSON, as the Swarms API takes it.</param>
    /// <param name="isStreamed">Whether the run is streamed; null leaves it to the body.</param>
    public static RunRequest Parse(string? kind, ReadOnlyMemory<byte> body, bool? isStreamed)
    {
        if (kind is not (RunKinds.Agent or RunKinds.Swarm))
            throw Invalid("kind must be \"agent\" or \"swarm\".");

        try
        {
            var fields = RequestFields.Find(body, "agent_config", "name", "stream", "streaming_on", "task", "tasks")
                ?? throw Invalid("request must be the JSON object that the Swarms API takes.");
            var config = kind == RunKinds.Agent ? ReadConfig(fields) : [];
            var agent = kind == RunKinds.Agent
                ? new RunAgent(ReadName(config, "agent_name"), ReadName(config, "model_name"))
                : new RunAgent(ReadName(fields, "name"), null);
            var task = ReadTask(fields);
            return new RunRequest(
                kind,
                body,
                isStreamed ?? (IsTrue(fields, "stream") || IsTrue(fields, "streaming_on") || IsTrue(config, "streaming_on")),
                agent,
                task.ToString(),
                task.Length > Run.MaxTaskLength ? task.Length : null);
        }
        catch (JsonException e)
        {
            throw Invalid($"The body is not valid JSON, or is nested too deep (line {e.LineNumber + 1}).");
        }
        catch (InvalidOperationException)
        {
            // JSON's grammar allows half of a surrogate pair and bytes that are no UTF-8.
            throw Invalid("A text in the request holds half of a character, or is not UTF-8.");
        }
    }

    /// <summary>Validates the request of another call of the Swarms API, which is answered with one JSON text.</summary>
    /// <param name="path">The call's path.</param>
    /// <param name="kind">The kind that the room sees: one of <see cref="RunKinds"/>.</param>
    /// <param name="body">The request's JSON.</param>
    public static RunRequest ParseOther(string path, string kind, ReadOnlyMemory<byte> body)
    {
        var request = Parse(kind, body, isStreamed: false);
        var fields = RequestFields.Find(body, "agent_name", "config", "model_name", "name")!;
        var config = fields.GetValueOrDefault("config") is { Type: JsonTokenType.EndObject, Json: var json }
            ? RequestFields.Find(json, "name")!
            : [];
        var name = ReadName(fields, "agent_name") ?? ReadName(fields, "name") ?? ReadName(config, "name");
        return request with { Path = path, Agent = new RunAgent(name, ReadName(fields, "model_name")) };
    }

    // Only the body counts: the official SDKs accept only JSON even if they want a stream.
    private static bool IsTrue(Dictionary<string, RequestField> fields, string name) =>
        fields.GetValueOrDefault(name).Type == JsonTokenType.True;

    private static Dictionary<string, RequestField> ReadConfig(Dictionary<string, RequestField> fields)
    {
        if (fields.GetValueOrDefault("agent_config") is not { Type: not (JsonTokenType.None or JsonTokenType.Null) } config)
            return [];

        return RequestFields.Find(config.Json, "agent_name", "model_name", "streaming_on")
            ?? throw Invalid("agent_config must be an object.");
    }

    private static RequestText ReadTask(Dictionary<string, RequestField> fields)
    {
        if (ReadText(fields, "task", Run.MaxTaskLength) is { IsBlank: false } task)
            return task;

        if (fields.GetValueOrDefault("tasks") is { Type: JsonTokenType.EndArray } tasks && ReadTasks(tasks.Json.Span) is { } joined)
            return joined;

        throw Invalid("task is missing: it should be a text that says what to do.");
    }

    // Null for an empty list.
    private static RequestText? ReadTasks(ReadOnlySpan<byte> json)
    {
        RequestText? text = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (text is null)
                text = new RequestText(Run.MaxTaskLength);
            else
                text.Add("\n"u8);

            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.String)
            {
                text.AddString(reader.ValueSpan);
                continue;
            }

            reader.Skip();
            text.Add(json[start..(int)reader.BytesConsumed]);
        }

        return text;
    }

    // The upstream gets the whole name. Viewers get its beginning.
    private static string? ReadName(Dictionary<string, RequestField> fields, string name) =>
        ReadText(fields, name, MaxNameLength)?.ToString();

    private static RequestText? ReadText(Dictionary<string, RequestField> fields, string name, int maxLength)
    {
        if (fields.GetValueOrDefault(name) is not { Type: not (JsonTokenType.None or JsonTokenType.Null) } field)
            return null;

        if (field.Type != JsonTokenType.String)
            throw Invalid($"{name} must be a text.");

        var text = new RequestText(maxLength);
        text.AddString(field.Json.Span[1..^1]);
        return text;
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
