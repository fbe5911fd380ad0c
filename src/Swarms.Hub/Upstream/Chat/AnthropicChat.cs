using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>The client for Anthropic's Messages API.</summary>
internal static class AnthropicChat
{
    // The API takes no request without a bound. This is the Swarms API's own.
    private const int DefaultMaxTokens = 8192;

    // The API does not have these.
    private static readonly string[] Missing = ["frequency_penalty", "presence_penalty", "seed"];

    // The client does not know these any more. Some models of the API still do.
    private static readonly string[] Raw = ["temperature", "top_p", "top_k"];

    public static ChatOptions Options(ChatRequest asked)
    {
        if (Array.Find(Missing, asked.Arguments.ContainsKey) is { } missing)
            throw ChatRequest.Invalid($"{missing} cannot be passed to this upstream: its API does not have it.");

        var options = asked.Arguments.ToOptions();
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: null })
            throw ChatRequest.Invalid("response_format must have a schema (json_schema) for this upstream.");

        options.ModelId = asked.Model;
        if (Raw.Any(asked.Arguments.ContainsKey))
            options.RawRepresentationFactory = _ => Params(asked, options.MaxOutputTokens ?? DefaultMaxTokens);

        return options;
    }

    private static MessageCreateParams Params(ChatRequest asked, int maxTokens)
    {
        var none = new Dictionary<string, JsonElement>();
        var body = new Dictionary<string, JsonElement>
        {
            ["model"] = JsonSerializer.SerializeToElement(asked.Model),
            ["max_tokens"] = JsonSerializer.SerializeToElement(maxTokens),
            ["messages"] = JsonElement.Parse("[]"),
        };
        foreach (var name in Raw.Where(asked.Arguments.ContainsKey))
            body[name] = asked.Arguments[name];

        return MessageCreateParams.FromRawUnchecked(none, none, body);
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
