using Microsoft.Extensions.AI;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// A model behind <see cref="IChatClient"/>: Chat Completions, Ollama or Anthropic. Called by the run loops, side by side. Sends each
/// request once, and keeps no state between calls but the connections. Next: <see cref="ChatCall"/>.
/// </summary>
internal sealed partial class ChatUpstream(
    HttpMessageInvoker connection, UpstreamOptions options, TimeProvider time, ILogger<ChatUpstream> logger) : IUpstream
{
    // Ollama takes images only with the request.
    private readonly bool _takesAddresses = options.Kind != UpstreamKind.Ollama;

    public UpstreamDescription Description { get; } = UpstreamDescription.Of(options);

    public string? Refuse(string kind, ReadOnlyMemory<byte> body)
    {
        try
        {
            SettingsOf(ChatRequest.Read(body, _takesAddresses));
            return null;
        }
        catch (UpstreamException e)
        {
            return e.Message;
        }
    }

    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var secrets = UpstreamSecrets.Of(options.ApiKey, request.Body, request.Secrets);
        var asked = ChatRequest.Read(request.Body, _takesAddresses);
        var settings = SettingsOf(asked);
        FrameWatch watch = options.Kind switch
        {
            UpstreamKind.Ollama => new OllamaWatch(),
            UpstreamKind.Anthropic => new AnthropicWatch(),
            _ => new OpenAiWatch(),
        };
        var exchange = new ChatExchange(connection, options, time, secrets, watch);
        var frames = new ChatFrames(secrets, watch, asked.Agent, hasIds: options.Kind != UpstreamKind.Ollama);
        var call = new ChatCall(Client(exchange, asked), asked, settings, exchange, frames);
        try
        {
            await call.OpenAsync(cancellationToken);
            return request.IsStreamed
                ? UpstreamResponse.FromFrames(call.Status, call.Headers, call.ReadAsync, call)
                : await ReadWholeAsync(call, asked, cancellationToken);
        }
        catch (Exception exception)
        {
            await call.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var fault = FaultOf(exchange, exception);
            Log.Refused(logger, fault.Code, fault.Refusal?.Status, (exchange.Fault ?? exception).GetType().Name);
            throw fault;
        }
    }

    private ChatOptions SettingsOf(ChatRequest asked) => options.Kind switch
    {
        UpstreamKind.Ollama => OllamaChat.Options(asked),
        UpstreamKind.Anthropic => AnthropicChat.Options(asked),
        _ => OpenAiChat.Options(asked, options),
    };

    private IChatClient Client(ChatExchange exchange, ChatRequest asked)
    {
        var http = new HttpClient(exchange, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        return options.Kind switch
        {
            UpstreamKind.Ollama => OllamaChat.Client(http, options, asked),
            UpstreamKind.Anthropic => AnthropicChat.Client(http, options, asked),
            _ => OpenAiChat.Client(http, options, asked),
        };
    }

    private static async Task<UpstreamResponse> ReadWholeAsync(ChatCall call, ChatRequest asked, CancellationToken cancellationToken)
    {
        var events = new List<UpstreamEvent>();
        await foreach (var frame in call.ReadAsync(cancellationToken))
        {
            if (frame.Event is { } made)
                events.Add(made);
        }

        var (status, headers) = (call.Status, call.Headers);
        await call.DisposeAsync();
        var answer = new ChatAnswer(asked.Agent, events);
        return UpstreamResponse.FromJson(answer.HasFailed ? 502 : status, headers, MediaTypes.Json, answer.Write(), events);
    }

    private UpstreamException FaultOf(ChatExchange exchange, Exception exception)
    {
        var fault = exchange.Fault ?? exception;
        if (UpstreamFaults.IsOne(fault))
            return UpstreamFaults.BeforeAnswer(fault, options.ConnectTimeout);

        return exchange.HasSent
            ? new UpstreamException(ErrorCodes.UpstreamError, "The upstream's answer is not of a form that the hub knows.")
            : ChatRequest.Invalid("The request cannot be passed on to this upstream: its client does not take it.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The upstream gave no answer to a run: {Code}, status {Status}, {Exception}.")]
        public static partial void Refused(ILogger logger, string code, int? status, string exception);
    }
}
