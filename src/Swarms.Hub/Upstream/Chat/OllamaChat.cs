using Microsoft.Extensions.AI;
using OllamaSharp;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>The client for Ollama's own API.</summary>
internal static class OllamaChat
{
    // Ollama's own names, which its users know.
    private static readonly string[] More =
    [
        "min_p", "num_batch", "num_ctx", "num_gpu", "num_keep", "num_thread", "repeat_last_n", "repeat_penalty", "typical_p",
    ];

    public static ChatOptions Options(ChatRequest asked)
    {
        var options = asked.Arguments.ToOptions(More);
        options.ModelId = asked.Model;
        return options;
    }

    public static IChatClient Client(HttpClient http, UpstreamOptions options, ChatRequest asked)
    {
        http.BaseAddress = new Uri($"{options.Address.AbsoluteUri.TrimEnd('/')}/");
        if (options.ApiKey is { } key)
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);

        return new OllamaApiClient(http, asked.Model);
    }
}
