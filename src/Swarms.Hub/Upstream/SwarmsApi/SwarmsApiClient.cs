using System.Net.Http.Headers;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// The Swarms API over HTTP. The simulator answers behind the same HTTP client. Called by the run loops, side by side. Sends each
/// request once: neither this class nor the connection beneath it repeats a request whose body was begun.
/// Next: <see cref="UpstreamAnswer"/>.
/// </summary>
internal sealed partial class SwarmsApiClient(
    HttpClient client, UpstreamOptions options, TimeProvider time, ILogger<SwarmsApiClient> logger) : IUpstream
{
    private static readonly ProductInfoHeaderValue UserAgent =
        new("swarms-hub", typeof(SwarmsApiClient).Assembly.GetName().Version?.ToString(3));

    public UpstreamDescription Description { get; } = UpstreamDescription.Of(options);

    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        var secrets = UpstreamSecrets.Of(options.ApiKey, request.Body, request.Secrets);
        var answer = new UpstreamAnswer(options, time, secrets);
        try
        {
            await answer.ReceiveAsync(token => new(SendAsync(Message(request), token)), cancellationToken);
            return await answer.OpenAsync(request, cancellationToken);
        }
        catch (Exception exception)
        {
            answer.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (!UpstreamFaults.IsOne(exception))
                throw;

            var fault = UpstreamFaults.BeforeAnswer(exception, options.ConnectTimeout);
            Log.Refused(logger, fault.Code, request.Kind, fault.Refusal?.Status, exception is UpstreamException ? null : exception);
            throw fault;
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private HttpRequestMessage Message(UpstreamRequest request)
    {
        var path = request.Path ?? (request.Kind == RunKinds.Swarm ? "v1/swarm/completions" : "v1/agent/completions");
        var method = request.IsLookup ? HttpMethod.Get : HttpMethod.Post;
        var message = new HttpRequestMessage(method, $"{options.Address.AbsoluteUri.TrimEnd('/')}/{path}");
        if (!request.IsLookup)
        {
            message.Content = UpstreamRequestBody.Of(request);
            message.Content.Headers.ContentType = new("application/json");
        }

        message.Headers.Accept.Add(new(request.IsStreamed ? MediaTypes.EventStream : MediaTypes.Json));
        message.Headers.UserAgent.Add(UserAgent);
        if (options.ApiKey is { } key)
            message.Headers.Add("x-api-key", key);

        return message;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The upstream gave no answer to a call of kind {Kind}: {Code}, status {Status}.")]
        public static partial void Refused(ILogger logger, string code, string kind, int? status, Exception? exception);
    }
}
