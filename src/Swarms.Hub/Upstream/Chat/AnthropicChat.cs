using Anthropic;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>The client for Anthropic's Messages API.</summary>
internal static class AnthropicChat
{
    // The API takes no request without a bound. This is the Swarms API's own.
    private const int DefaultMaxTokens = 8192;

    public static ChatOptions Options(ChatRequest asked)
    {
        var options = asked.Arguments.ToOptions();
        options.ModelId = asked.Model;
        return options;
    }

    public static IChatClient Client(HttpClient http, UpstreamOptions options, ChatRequest asked) =>
        new AnthropicClient
        {
            HttpClient = http,
            BaseUrl = options.Address.AbsoluteUri.TrimEnd('/'),
            ApiKey = options.ApiKey ?? "none",
            AuthToken = null,
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
        }.AsIChatClient(asked.Model, DefaultMaxTokens);
}
