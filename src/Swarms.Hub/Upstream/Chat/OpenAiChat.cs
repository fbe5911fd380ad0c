using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>The client for Chat Completions. The arguments of the model go into the request as they are.</summary>
internal static class OpenAiChat
{
    public static ChatOptions Options(ChatRequest asked, UpstreamOptions options)
    {
        var isOpenAi = options.Address.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase);
        return new ChatOptions
        {
            RawRepresentationFactory = _ =>
            {
                var settings = new ChatCompletionOptions();
                foreach (var (name, value) in asked.Arguments)
                    Set(settings, isOpenAi && name == "max_tokens" ? "max_completion_tokens" : name, value);

                return settings;
            },
        };
    }

    public static IChatClient Client(HttpClient http, UpstreamOptions options, ChatRequest asked)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        return new ChatClient(asked.Model, new ApiKeyCredential(options.ApiKey ?? "none"), settings).AsIChatClient();
    }

#pragma warning disable SCME0001 // The one way to pass on arguments that the client does not know.
    // The newer name of a bound on tokens is OpenAI's alone, and the older one everybody else's.
    private static void Set(ChatCompletionOptions settings, string name, JsonElement value) =>
        settings.Patch.Set(Encoding.UTF8.GetBytes($"$.{name}"), Encoding.UTF8.GetBytes(value.GetRawText()));
#pragma warning restore SCME0001
}
