using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>
/// Every call and connection to one hub. A call fails with <see cref="HubClientException"/> where the hub refuses it or the network fails,
/// and with <see cref="ObjectDisposedException"/> once the client is disposed of.
/// </summary>
internal sealed partial class HubApi : IDisposable, IAsyncDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Uri _address;
    private readonly HubHandler _handler;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly RunningTasks _running = new();

    public HubApi(Uri address, HubClientOptions options, HubHandler handler)
    {
        RequireAddress(address, nameof(address));
        options.Validate();
        Options = options;
        _logger = (ILogger?)options.LoggerFactory?.CreateLogger<HubClient>() ?? NullLogger.Instance;
        // Without the slash the last part of the path would be replaced, not continued.
        _address = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        _handler = handler;
        Transports = new TransportChoice(options.TimeProvider);
        Stopping = _stop.Token;
    }

    /// <summary>Refuses an address that is no hub's.</summary>
    public static void RequireAddress(Uri address, string name)
    {
        ArgumentNullException.ThrowIfNull(address, name);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"A hub's address begins with http:// or https://, unlike '{address}'.", name);
    }

    public HubClientOptions Options { get; }

    /// <summary>Cancelled when the client is disposed of.</summary>
    public CancellationToken Stopping { get; }

    public Uri Address(string path) => new(_address, path);

    public TransportChoice Transports { get; }

    /// <summary>A new connection to <c>/hub</c>, not yet open.</summary>
    public SignalRConnection Connect(string token, ConnectionTransport transport)
    {
        ThrowIfDisposed();
        // A poll carries the token in its header, as every call does.
        var takesTicket = transport == ConnectionTransport.WebSockets && (Options.UseTickets || OperatingSystem.IsBrowser());
        Func<CancellationToken, Task<string>>? getTicket = takesTicket ? stopping => GetTicketAsync(token, stopping) : null;
        return new SignalRConnection(Address("hub"), token, getTicket, transport, Options, _handler);
    }

    public Task<T> SendAsync<T>(HubCall call, CancellationToken cancellationToken) => CallAsync(
        call,
        async (content, token) =>
            await content.ReadFromJsonAsync(WireTypes.Of<T>(), token).ConfigureAwait(false) ?? throw NoHub(null),
        cancellationToken);

    public Task SendAsync(HubCall call, CancellationToken cancellationToken) =>
        CallAsync(call, (_, _) => Task.FromResult(true), cancellationToken);

    public Task<string> GetTextAsync(HubCall call, CancellationToken cancellationToken) =>
        CallAsync(call, (content, token) => content.ReadAsStringAsync(token), cancellationToken);

    public Task CopyToAsync(HubCall call, Stream destination, CancellationToken cancellationToken) => CallAsync(
        call,
        async (content, token) =>
        {
            await content.CopyToAsync(destination, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(HubClient));

    /// <summary>The failure for a call or connection that did not reach the hub.</summary>
    public HubClientException Unreachable(Exception cause) => new(
        HubClientException.HubUnreachable,
        $"The hub at {_address} cannot be reached: {NetworkFault.Describe(cause, _handler.FindProxy(_address))}",
        innerException: cause);

    /// <summary>The failure for a connection that is not made although calls arrive.</summary>
    public HubClientException Unconnected(Exception cause) => new(
        HubClientException.HubUnreachable,
        $"The hub at {_address} answers calls, but its WebSocket does not open; a proxy may refuse it: "
            + NetworkFault.Describe(cause, _handler.FindProxy(_address)),
        innerException: cause);

    /// <summary>Lets <see cref="DisposeAsync"/> wait for a task.</summary>
    public Task<T> Track<T>(Task<T> task) => _running.Track(task);

    public void Dispose()
    {
        _stop.Cancel();
        _handler.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync().ConfigureAwait(false);
        _handler.Dispose();
    }

    private async Task<string> GetTicketAsync(string token, CancellationToken cancellationToken) =>
        (await SendAsync<TicketCreated>(new HubCall(HttpMethod.Post, "api/tickets", token), cancellationToken)
            .ConfigureAwait(false)).Ticket;

    private async Task<T> CallAsync<T>(
        HubCall call, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        try
        {
            using var response = await RepeatAsync(call, either.Token).ConfigureAwait(false);
            return await ReadAsync(read, response.Content, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (
            either.IsCancellationRequested && (e is OperationCanceledException or ObjectDisposedException || NetworkFault.Is(e)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfDisposed();
            throw;
        }
    }

    private async Task<HttpResponseMessage> RepeatAsync(HubCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (HubClientException e) when (call.IsRepeatable && attempt < Attempts && !e.IsFinal)
            {
                var pause = PauseAfter(e, attempt);
                Log.CallIsRepeated(_logger, call.Method, call.Path, pause, e.Code);
                await Task.Delay(pause, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// The random part comes on top of the pause that the hub asks for, so that its callers do not come back in one wave.
    /// </summary>
    private static TimeSpan PauseAfter(HubClientException refusal, int attempt)
    {
        var pause = (refusal.RetryAfter ?? TimeSpan.Zero) + ReconnectDelay.After(attempt, LongestPause, Random.Shared.NextDouble());
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HubCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, Address(call.Path));
        if (call.Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token);

        if (call.Body is not null)
            request.Content = JsonContent.Create(call.Body, ProtocolJson.Options.GetTypeInfo(call.Body.GetType()));

        HttpResponseMessage response;
        try
        {
            response = await _handler.GetHttp().SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (NetworkFault.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(e);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads RFC 9457 problem details. An answer without a code of the hub's came from something before it.</summary>
    private async Task<HubClientException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(ProblemJsonContext.Default.Problem, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnreadable(e, cancellationToken))
        {
            // The status has to do.
        }

        return new HubClientException(
            problem?.Code ?? HubClientException.HubUnreachable,
            problem?.Detail ?? problem?.Title ?? InWords(response.StatusCode),
            RetryAfter(response))
        {
            Suggestion = problem?.Suggestion,
        };
    }

    private string InWords(HttpStatusCode status)
    {
        var proxy = NetworkFault.Name(_handler.FindProxy(_address));
        return (status, proxy) switch
        {
            (HttpStatusCode.ProxyAuthenticationRequired, { } name) =>
                $"The proxy {name} asks for credentials: set them on HubClientOptions.Proxy.",
            (_, { } name) => $"The hub at {_address}, or the proxy {name} before it, answered with status {(int)status}.",
            _ => $"The hub at {_address} answered with status {(int)status}.",
        };
    }

    /// <summary>A date is compared with the answer's own, so that no clock has to be right.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var value = response.Headers.RetryAfter;
        var wait = value?.Delta ?? value?.Date - response.Headers.Date;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private async Task<T> ReadAsync<T>(
        Func<HttpContent, CancellationToken, Task<T>> read, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await read(content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not HubClientException && IsUnreadable(e, cancellationToken))
        {
            throw NoHub(e);
        }
    }

    private HubClientException NoHub(Exception? cause) => new(
        HubClientException.HubUnreachable, $"The answer of {_address} is no hub's, or it was cut off.", innerException: cause);

    /// <summary>Whether an answer cannot be read: it is cut off, or no JSON, or of an unknown charset.</summary>
    private static bool IsUnreadable(Exception e, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && (NetworkFault.Is(e) || e is JsonException or NotSupportedException or InvalidOperationException);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Method} {Path} is repeated after {Pause}: {Code}")]
        public static partial void CallIsRepeated(ILogger logger, HttpMethod method, string path, TimeSpan pause, string code);
    }
}
