using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// One HTTP answer, from its headers on; used by the loop of one run. Reads refusals and JSON itself and opens a stream for reading.
/// Owns the connection and its idle timeout until it is disposed; an opened stream's <see cref="UpstreamResponse"/> disposes it.
/// Next: <see cref="UpstreamEventReader"/>.
/// </summary>
internal sealed class UpstreamAnswer(UpstreamOptions options, TimeProvider time, UpstreamSecrets secrets) : IDisposable
{
    private readonly IdleTimeout _idle = new(options.IdleTimeout, time);
    private HttpResponseMessage _response = new();

    private int Status => (int)_response.StatusCode;

    private string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    private string? ContentType => _response.Content.Headers.ContentType?.ToString() is { } type && IsVisibleAscii(type) ? type : null;

    /// <summary>The hub asks for no compression, because a compressed stream arrives in bursts.</summary>
    private bool IsEncoded => _response.Content.Headers.ContentEncoding.Count > 0;

    public async Task ReceiveAsync(Func<CancellationToken, ValueTask<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        _response = await _idle.WaitAsync(send, cancellationToken);
        // The sent request may have megabytes: an answer that takes an hour must not keep it in memory.
        _response.RequestMessage = null;
    }

    public async Task<UpstreamResponse> OpenAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        if (!_response.IsSuccessStatusCode)
            throw await RefusalAsync(cancellationToken);

        var body = new IdleTimeoutStream(await _response.Content.ReadAsStreamAsync(cancellationToken), _idle);
        if (request.IsStreamed && MediaTypes.IsEventStream(MediaType) && !IsEncoded)
        {
            var reader = new UpstreamEventReader(body, secrets, options.MaxFrameBytes);
            return UpstreamResponse.FromFrames(Status, PassingHeaders(), reader.ReadAsync, this);
        }

        if (!MediaTypes.IsJson(MediaType) || IsEncoded)
        {
            throw new UpstreamException(
                ErrorCodes.UpstreamError, "The upstream answered with something that is neither a stream of events nor JSON.");
        }

        var json = await ReadJsonAsync(body, cancellationToken);
        using var document = JsonText.TryParse(json, out _) ?? throw UpstreamFaults.NoJson();
        var answer = UpstreamResponse.FromJson(
            Status,
            PassingHeaders(),
            ContentType ?? "application/json",
            secrets.Redact(json),
            JsonAnswer.Read(request.Kind, document.RootElement, secrets));
        Dispose();
        return answer;
    }

    public void Dispose()
    {
        _response.Dispose();
        _idle.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>> ReadJsonAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadBoundedAsync(body, options.MaxJsonBytes, cancellationToken)
                ?? throw UpstreamFaults.AnswerTooLarge(options.MaxJsonBytes);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw UpstreamFaults.WithinAnswer(exception);
        }
    }

    private async Task<UpstreamException> RefusalAsync(CancellationToken cancellationToken)
    {
        var code = Status >= 500 ? ErrorCodes.UpstreamError : ErrorCodes.UpstreamRejected;
        // A redirect would carry the key elsewhere, and a caller at a door could not follow it.
        if (Status < 400)
            return new(code, $"{Answered()}, a redirect; the hub follows none.");

        var body = await ReadRefusalAsync(cancellationToken);
        using var document = MediaTypes.IsJson(MediaType) ? JsonText.TryParse(body, out _) : null;
        var words = document is null ? null : UpstreamErrorText.OfRefusal(document.RootElement);
        var sentence = UpstreamErrorText.Tidy(secrets.Redact(words ?? $"{Answered()}."));
        var headers = PassingHeaders();
        return new(code, WithRetryAfter(sentence, headers))
        {
            Refusal = new(Status, body.IsEmpty ? null : ContentType, secrets.Redact(body), headers),
        };
    }

    private string Answered() => string.Create(CultureInfo.InvariantCulture, $"The upstream answered with status {Status}");

    /// <summary>Returns an empty body if it cannot be read: the status alone says enough.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadRefusalAsync(CancellationToken cancellationToken)
    {
        if (IsEncoded)
            return default;

        try
        {
            var body = new IdleTimeoutStream(await _response.Content.ReadAsStreamAsync(cancellationToken), _idle);
            return await ReadBoundedAsync(body, options.MaxRefusalBytes, cancellationToken) ?? default;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UpstreamException)
        {
            return default;
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > maxBytes)
                return null;

            read.Write(buffer, 0, count);
        }

        // Parsing it may take long, and this may be the thread that serves all sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return read.ToArray();
    }

    private List<KeyValuePair<string, string>> PassingHeaders() =>
        [.. from header in _response.Headers.NonValidated
            where header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)
                || header.Key.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase)
            let value = header.Value.ToString()
            where IsVisibleAscii(value)
            select KeyValuePair.Create(header.Key, secrets.Redact(value))];

    // HTTP can carry nothing else on to a door's caller.
    private static bool IsVisibleAscii(string value) => value.All(unit => unit is (>= ' ' and <= '~') or '\t');

    private string WithRetryAfter(string sentence, List<KeyValuePair<string, string>> headers)
    {
        var wait = headers.Find(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        if (Status != 429 || string.IsNullOrWhiteSpace(wait))
            return sentence;

        var stop = sentence.EndsWith('.') ? "" : ".";
        return int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{sentence}{stop} Retry after {seconds} seconds.")
            : $"{sentence}{stop} Retry after {UpstreamErrorText.Tidy(wait)}.";
    }
}
