using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>The hub's HTTP interface. Every failure but the caller's cancellation is a <see cref="HubClientException"/>.</summary>
internal sealed class HubApi : IDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Uri _address;
    private readonly HttpClient _http;

    public HubApi(Uri address, HubClientOptions options)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"A hub's address begins with http:// or https://, unlike '{address}'.", nameof(address));

        options.Validate();
        Options = options;
        // Without the slash the last part of the path would be replaced, not continued.
        _address = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        // A hub may move to another address; connections that live for ever would never learn of it.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false });
    }

    public HubClientOptions Options { get; }

    public Uri Address(string path) => new(_address, path);

    public async Task<T> SendAsync<T>(HubCall call, CancellationToken cancellationToken)
    {
        using var response = await SendAsyncCore(call, cancellationToken);
        return await ReadAsync(
            content => content.ReadFromJsonAsync<T>(ProtocolJson.Options, cancellationToken), response.Content, cancellationToken)
            ?? throw NoHub(null);
    }

    public async Task SendAsync(HubCall call, CancellationToken cancellationToken)
    {
        using var response = await SendAsyncCore(call, cancellationToken);
    }

    public async Task<string> GetTextAsync(HubCall call, CancellationToken cancellationToken)
    {
        using var response = await SendAsyncCore(call, cancellationToken);
        return await ReadAsync(content => content.ReadAsStringAsync(cancellationToken), response.Content, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsyncCore(HubCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(call, cancellationToken);
            }
            catch (HubClientException e) when (call.IsRepeatable && attempt < Attempts && IsAway(e))
            {
                await Task.Delay(PauseAfter(e, attempt), Options.TimeProvider, cancellationToken);
            }
        }
    }

    /// <summary>The hub took nothing of the call, or may have taken nothing, and will be there again.</summary>
    private static bool IsAway(HubClientException e) => e.Code is HubClientException.HubUnreachable or ErrorCodes.Starting;

    /// <summary>The random part comes on top of what the hub asks for, so that its callers do not come back in one wave.</summary>
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
            request.Content = JsonContent.Create(call.Body, call.Body.GetType(), options: ProtocolJson.Options);

        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (IsTransport(e, cancellationToken))
        {
            throw new HubClientException(HubClientException.HubUnreachable, $"The hub at {_address} cannot be reached: {e.Message}", innerException: e);
        }

        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw await RefusalAsync(response, cancellationToken);
    }

    /// <summary>Reads RFC 9457 problem details. What has no code of the hub's was not said by the hub, but by something before it.</summary>
    private async Task<HubClientException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync<Problem>(ProtocolJson.Options, cancellationToken);
        }
        catch (Exception e) when (IsTransport(e, cancellationToken) || e is JsonException or NotSupportedException or InvalidOperationException)
        {
            // The status has to do.
        }

        return new HubClientException(
            problem?.Code ?? HubClientException.HubUnreachable,
            problem?.Detail ?? problem?.Title ?? $"The hub at {_address} answered with status {(int)response.StatusCode}.",
            RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var value = response.Headers.RetryAfter;
        var wait = value?.Delta ?? value?.Date - Options.TimeProvider.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private async Task<T> ReadAsync<T>(Func<HttpContent, Task<T>> read, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await read(content);
        }
        catch (Exception e) when (IsTransport(e, cancellationToken) || e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw NoHub(e);
        }
    }

    private HubClientException NoHub(Exception? cause) =>
        new(HubClientException.HubUnreachable, $"What answers at {_address} is no hub, or its answer was cut off.", innerException: cause);

    private static bool IsTransport(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private sealed record Problem(string? Code, string? Title, string? Detail);
}
