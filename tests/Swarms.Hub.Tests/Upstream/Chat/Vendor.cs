using System.Text.Json;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// A vendor's protocol as its public description gives it: the frames that a server writes. Made from the descriptions of Chat Completions,
/// Ollama's API and Anthropic's Messages API, and from no client.
/// </summary>
internal abstract class Vendor
{
    public abstract string Kind { get; }

    public abstract string ContentType { get; }

    public abstract string Path { get; }

    public virtual string Address(Uri server) => server.ToString();

    public static Vendor Of(string kind) => kind switch
    {
        "openai" => new OpenAiVendor(),
        "ollama" => new OllamaVendor(),
        _ => new AnthropicVendor(),
    };

    /// <summary>Returns the frames before the first word.</summary>
    public abstract string Begin();

    public abstract string Text(string text);

    public abstract string Reasoning(string text);

    /// <summary>Returns the frames of a whole call of a tool.</summary>
    public abstract string Call(string id, string name, object arguments);

    /// <summary>Returns the frames of a proper end: the reason, usage, and what closes the stream.</summary>
    public abstract string End(string? reason = null, (int Input, int Output)? usage = null);

    /// <summary>Returns the frame with which the vendor reports an error within its answer.</summary>
    public abstract string Error(string message);

    /// <summary>Returns the body of a refusal.</summary>
    public abstract string Refusal(string message);

    protected static string Sse(object data, string? name = null) =>
        $"{(name is null ? "" : $"event: {name}\n")}data: {JsonSerializer.Serialize(data)}\n\n";
}
