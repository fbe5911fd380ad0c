using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Gateway.SwarmsApi;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>The requests of programs written for OpenAI's API, and what their answers must look like.</summary>
internal static class ChatCalls
{
    public const string Path = "/v1/chat/completions";

    public const string Streamed = """{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"Tell a story"}]}""";

    public const string NotStreamed = """{"model":"gpt-4.1","messages":[{"role":"user","content":"Tell a story"}]}""";

    public const string Usage = "event: usage\ndata: {\"input_tokens\":3,\"output_tokens\":4,\"total_cost\":0.5}\n\n";

    public static Task<DoorAnswer> ChatAsync(
        this DoorConnection door, string token, string body, params (string Name, string Value)[] headers) =>
        door.AskAsync(Path, token, body, headers);

    /// <summary>Sends a conversation to the door and returns the request that the upstream got.</summary>
    public static async Task<JsonElement> TranslateAsync(this ScriptedHub scripted, string body, params (string, string)[] headers)
    {
        scripted.Upstream.Answer().Body(Sse.Chunk("Yes") + Sse.Done);
        var answer = await scripted.Host.PostTextAsync(Path, body, headers);
        Assert.True(answer.Status == 200, answer.Text);
        return scripted.Upstream.Requests[^1].Json;
    }

    /// <summary>Requires a refusal in OpenAI's form, without the hub's internals; returns its error.</summary>
    public static JsonElement Error(JsonElement body)
    {
        var error = Assert.Single(body.EnumerateObject());
        Assert.Equal("error", error.Name);
        Assert.Equal(["message", "type", "param", "code"], error.Value.EnumerateObject().Select(field => field.Name));
        Leaks.Refuse(body.GetRawText());
        Answer.IsSentence(error.Value.GetProperty("message").GetString()!);
        return error.Value;
    }

    /// <summary>Requires a refusal in OpenAI's form; returns its sentence.</summary>
    public static string IsError(this Answer answer, int status, string type, string code)
    {
        Assert.True(answer.Status == status, $"{answer.Status} instead of {status}: {answer.Text}");
        Assert.Equal("application/json", answer.Headers["Content-Type"].Split(';')[0]);
        var error = Error(answer.Json);
        Assert.Equal((type, code), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        return error.GetProperty("message").GetString()!;
    }

    /// <summary>Requires a refusal in OpenAI's form; returns its sentence.</summary>
    public static async Task<string> ErrorAsync(this DoorAnswer answer, int status, string code)
    {
        var body = await answer.BodyAsync();
        Assert.True(answer.Status == status, $"{answer.Status} instead of {status}: {body}");
        var error = Error(JsonElement.Parse(body));
        Assert.Equal(code, error.GetProperty("code").GetString());
        return error.GetProperty("message").GetString()!;
    }

    /// <summary>Reads a whole stream strictly: every frame is data alone.</summary>
    public static async Task<List<string>> FramesAsync(this DoorAnswer answer)
    {
        var frames = DoorFrame.Parse(string.Concat(await answer.ChunksAsync()));
        Assert.All(frames, frame => Assert.Null(frame.Name));
        return frames.ConvertAll(frame => frame.Data);
    }

    /// <summary>Returns the one choice's delta of each chunk that has a choice.</summary>
    public static IEnumerable<JsonElement> Deltas(IEnumerable<string> frames) =>
        Choices(frames).Select(choice => choice.GetProperty("delta"));

    public static IEnumerable<JsonElement> Choices(IEnumerable<string> frames) =>
        from frame in frames
        where frame.StartsWith('{')
        let json = JsonElement.Parse(frame)
        where json.TryGetProperty("choices", out _)
        from choice in json.GetProperty("choices").EnumerateArray()
        select choice;

    public static string TextOf(IEnumerable<string> frames) => string.Concat(
        Deltas(frames).Select(delta => delta.TryGetProperty("content", out var content) ? content.GetString() : ""));

    public static string? FinishOf(IEnumerable<string> frames) =>
        Assert.Single(Choices(frames), choice => choice.GetProperty("finish_reason").ValueKind == JsonValueKind.String)
            .GetProperty("finish_reason").GetString();

    /// <summary>Returns a body with more fields.</summary>
    public static string With(string body, params (string Name, JsonNode? Value)[] fields)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        foreach (var (name, value) in fields)
            json[name] = value;

        return json.ToJsonString();
    }
}
