using System.Buffers;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// Makes a run's request of a call in OpenAI's form: the same conversation in the form that every upstream of the hub reads. Safe from any
/// thread.
/// </summary>
internal sealed class ChatRuns(IAgentRequests agents)
{
    private const string DefaultName = "Assistant";
    private const int MaxNameLength = 100;

    private static readonly JsonWriterOptions Writing = new() { Encoder = ProtocolJson.Options.Encoder };

    // The fields with a place of their own, or none. All others are arguments of the model.
    private static readonly string[] OwnFields =
        ["model", "messages", "stream", "stream_options", "n", "max_tokens", "max_completion_tokens", "temperature", "logprobs"];

    /// <summary>Makes the request. It is streamed, so that the room can watch where the caller waits for the whole.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="chat">The call.</param>
    /// <param name="title">The name of the calling program; empty without one.</param>
    /// <param name="key">The idempotency key; null without one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<RunRequest> ComposeAsync(
        string roomId, ChatRequest chat, string title, string? key, CancellationToken cancellationToken) =>
        chat.Agent is { } agent
            ? ComposeForAgentAsync(roomId, chat, agent, key, cancellationToken)
            : Task.FromResult(RunRequest.Parse(RunKinds.Agent, Write(json => WriteRequest(json, chat, title)), isStreamed: true));

    private async Task<RunRequest> ComposeForAgentAsync(
        string roomId, ChatRequest chat, string agent, string? key, CancellationToken cancellationToken)
    {
        RefuseSettings(chat.Root);
        var start = new AgentStart(agent, chat.Messages.Last.Content, key) { AskedHash = chat.Hash };
        var request = await agents.ComposeAsync(roomId, start, cancellationToken);
        // The agent has its own system prompt, so the caller's words for the system begin the conversation.
        var first = chat.Messages.System is { } system ? new ChatTurn(ChatTurn.User, system) : null;
        var added = Write(json =>
        {
            json.WriteStartObject();
            WriteConversation(json, chat.Messages, first);
            json.WriteEndObject();
        });
        return added.Length <= 2
            ? request
            : request with { Body = Join(added, request.Body), Origin = start with { HasConversation = true } };
    }

    // Both are objects without a field in common.
    private static byte[] Join(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        [.. one.Span[..^1], (byte)',', .. other.Span[1..]];

    private static void RefuseSettings(JsonElement root)
    {
        foreach (var field in root.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null
                && field.Name is not ("model" or "messages" or "stream" or "stream_options" or "n" or "logprobs" or "user"))
            {
                throw Invalid(
                    "An agent of the room brings its own settings. Send only model, messages, stream and stream_options, "
                    + "or name a model instead of the agent.");
            }
        }
    }

    private static void WriteRequest(Utf8JsonWriter json, ChatRequest chat, string title)
    {
        json.WriteStartObject();
        json.WritePropertyName("agent_config");
        WriteConfig(json, chat, title);
        json.WriteString("task", chat.Messages.Last.Content);
        WriteConversation(json, chat.Messages, first: null);
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ChatRequest chat, string title)
    {
        var root = chat.Root;
        json.WriteStartObject();
        json.WriteString("agent_name", NameOf(title));
        json.WriteString("model_name", chat.Model);
        if (chat.Messages.System is { } system)
            json.WriteString("system_prompt", system);

        if (ReadMaxTokens(root) is { } tokens)
            json.WriteNumber("max_tokens", tokens);

        if (ChatRequest.Find(root, "temperature") is { ValueKind: not JsonValueKind.Undefined } temperature)
            WriteNumber(json, "temperature", temperature);

        var arguments = root.EnumerateObject()
            .Where(field => field.Value.ValueKind != JsonValueKind.Null && !OwnFields.Contains(field.Name))
            .ToList();
        if (arguments.Count > 0)
        {
            json.WriteStartObject("llm_args");
            foreach (var argument in arguments)
                argument.WriteTo(json);

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteConversation(Utf8JsonWriter json, ChatMessages messages, ChatTurn? first)
    {
        if (first is not null || messages.Earlier.Any())
        {
            json.WriteStartArray("history");
            first?.Write(json);
            foreach (var turn in messages.Earlier)
                turn.Write(json);

            json.WriteEndArray();
        }

        if (messages.Last.ToolCallId is { } call)
            json.WriteString("tool_call_id", call);

        if (messages.Images is [var only])
        {
            json.WritePropertyName("img");
            only.WriteTo(json);
        }
        else if (messages.Images.Count > 1)
        {
            json.WriteStartArray("imgs");
            foreach (var image in messages.Images)
                image.WriteTo(json);

            json.WriteEndArray();
        }
    }

    private static int? ReadMaxTokens(JsonElement root)
    {
        var (name, field) = ChatRequest.Find(root, "max_completion_tokens") is { ValueKind: not JsonValueKind.Undefined } given
            ? ("max_completion_tokens", given)
            : ("max_tokens", ChatRequest.Find(root, "max_tokens"));
        if (field.ValueKind == JsonValueKind.Undefined)
            return null;

        return field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var tokens) && tokens > 0
            ? tokens
            : throw Invalid($"{name} must be an integer above 0.");
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw Invalid($"{name} must be a number.");

        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static string NameOf(string title)
    {
        var name = title.Trim();
        return name.Length is > 0 and <= MaxNameLength ? name : DefaultName;
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        try
        {
            using var json = new Utf8JsonWriter(body, Writing);
            write(json);
        }
        catch (Exception e) when (e is InvalidOperationException or EncoderFallbackException)
        {
            throw Invalid("A text in the request holds half of a character, or is not UTF-8.");
        }

        return body.WrittenMemory;
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
