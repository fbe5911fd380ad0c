using System.Net.Http.Headers;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// The HTTP beneath a vendor's client for one run: sends one request and no second one, whatever that client thinks of its answer, reads
/// refusals itself, and shows every line of a stream to a <see cref="FrameWatch"/>. Owns the connection and its idle timeout. Used by the
/// loop of one run; <see cref="Stop"/> may come from any thread.
/// Next: <see cref="FrameStream"/>.
/// </summary>
internal sealed class ChatExchange(
    HttpMessageInvoker connection, UpstreamOptions options, TimeProvider time, UpstreamSecrets secrets, FrameWatch watch)
    : HttpMessageHandler
{
    private static readonly ProductInfoHeaderValue UserAgent =
        new("swarms-hub", typeof(ChatExchange).Assembly.GetName().Version?.ToString(3));

    private readonly IdleTimeout _idle = new(options.IdleTimeout, time);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpResponseMessage? _response;
    private FrameStream? _frames;
    private Exception? _fault;
    private int _sends;

    /// <summary>Completes when the headers of a stream are here.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Cancelled when the run has stopped, also for reads of clients that know no token.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>True if the request may have reached the upstream.</summary>
    public bool HasSent => _sends > 0;

    /// <summary>The fault of the connection, which the vendor's client may have wrapped or hidden; null without one.</summary>
    public Exception? Fault => _frames?.Fault ?? _fault;

    public int Status => (int)(_response?.StatusCode ?? 0);

    public List<KeyValuePair<string, string>> Headers => _response?.PassingHeaders(secrets) ?? [];

    public void Stop() => _stop.Cancel();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A run that failed may have been billed. A client that tries again pays twice.
        if (Interlocked.Increment(ref _sends) > 1)
            throw _fault ?? new InvalidOperationException("A request is sent once.");

        try
        {
            Prepare(request);
            _response = await _idle.WaitAsync(
                token => new ValueTask<HttpResponseMessage>(connection.SendAsync(request, token)), _stop.Token);
            if (!_response.IsSuccessStatusCode)
                throw await _response.RefusalAsync(_idle, options.MaxRefusalBytes, secrets, _stop.Token);

            if (!watch.Expects(_response.MediaType()) || _response.IsEncoded())
                throw new UpstreamException(ErrorCodes.UpstreamError, "The upstream answered with something that is no stream of events.");

            var answer = new HttpResponseMessage(_response.StatusCode)
            {
                Content = await WatchedAsync(_response),
                RequestMessage = request,
            };
            _answered.TrySetResult();
            return answer;
        }
        catch (Exception exception)
        {
            _fault = exception;
            throw;
        }
    }

    /// <summary>Closes the connection, also in the middle of an answer.</summary>
    public void Close()
    {
        _stop.Cancel();
        _response?.Dispose();
        _idle.Dispose();
    }

    private void Prepare(HttpRequestMessage request)
    {
        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(UserAgent);
        // They describe the machine, and nobody asked for that.
        foreach (var (name, _) in request.Headers.NonValidated.ToList())
        {
            if (name.StartsWith("X-Stainless-", StringComparison.OrdinalIgnoreCase))
                request.Headers.Remove(name);
        }

        if (options.ApiKey is not null)
            return;

        // The clients insist on a key where a server in one's own network takes none.
        request.Headers.Authorization = null;
        request.Headers.Remove("x-api-key");
    }

    private async Task<StreamContent> WatchedAsync(HttpResponseMessage response)
    {
        var body = new StoppableStream(new IdleTimeoutStream(await response.Content.ReadAsStreamAsync(_stop.Token), _idle), _stop.Token);
        _frames = new FrameStream(body, watch, options.MaxFrameBytes);
        var content = new StreamContent(_frames);
        content.Headers.ContentType = response.Content.Headers.ContentType;
        return content;
    }
}
