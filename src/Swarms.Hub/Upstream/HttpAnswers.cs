using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>The parts of an HTTP answer that all upstreams read alike: refusals, headers, and bodies within a bound.</summary>
internal static class HttpAnswers
{
    public static string? MediaType(this HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType;

    /// <summary>Returns the content type; null if there is none that HTTP can carry on.</summary>
    public static string? ContentType(this HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.ToString() is { } type && IsVisibleAscii(type) ? type : null;

    /// <summary>The hub asks for no compression, because a compressed stream arrives in bursts.</summary>
    public static bool IsEncoded(this HttpResponseMessage response) => response.Content.Headers.ContentEncoding.Count > 0;

    /// <summary>Returns the headers passed on to a door's caller: <c>Retry-After</c> and <c>X-RateLimit-…</c>.</summary>
    public static List<KeyValuePair<string, string>> PassingHeaders(this HttpResponseMessage response, UpstreamSecrets secrets) =>
        [.. from header in response.Headers.NonValidated
            where header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)
                || header.Key.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase)
            let value = header.Value.ToString()
            where IsVisibleAscii(value)
            select KeyValuePair.Create(header.Key, secrets.Redact(value))];

    /// <summary>Reads an answer that is no success.</summary>
    public static async Task<UpstreamException> RefusalAsync(
        this HttpResponseMessage response, IdleTimeout idle, int maxBytes, UpstreamSecrets secrets, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var code = status >= 500 ? ErrorCodes.UpstreamError : ErrorCodes.UpstreamRejected;
        // A redirect would carry the key elsewhere, and a caller at a door could not follow it.
        if (status < 400)
            return new(code, $"{Answered(status)}, a redirect; the hub follows none.");

        var body = await ReadRefusalAsync(response, idle, maxBytes, cancellationToken);
        using var document = MediaTypes.IsJson(response.MediaType()) ? JsonText.TryParse(body, out _) : null;
        var words = document is null ? null : UpstreamErrorText.OfRefusal(document.RootElement);
        var sentence = UpstreamErrorText.Tidy(secrets.Redact(words ?? $"{Answered(status)}."));
        var headers = response.PassingHeaders(secrets);
        return new(code, WithRetryAfter(status, sentence, headers))
        {
            Refusal = new(status, body.IsEmpty ? null : response.ContentType(), secrets.Redact(body), headers),
        };
    }

    /// <summary>Reads a body; null if it has more bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
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

    private static string Answered(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"The upstream answered with status {status}");

    /// <summary>Returns an empty body if it cannot be read: the status alone says enough.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadRefusalAsync(
        HttpResponseMessage response, IdleTimeout idle, int maxBytes, CancellationToken cancellationToken)
    {
        if (response.IsEncoded())
            return default;

        try
        {
            var body = new IdleTimeoutStream(await response.Content.ReadAsStreamAsync(cancellationToken), idle);
            return await ReadBoundedAsync(body, maxBytes, cancellationToken) ?? default;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UpstreamException)
        {
            return default;
        }
    }

    // HTTP can carry nothing else on to a door's caller.
    private static bool IsVisibleAscii(string value) => value.All(unit => unit is (>= ' ' and <= '~') or '\t');

    private static string WithRetryAfter(int status, string sentence, List<KeyValuePair<string, string>> headers)
    {
        var wait = headers.Find(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        if (status != 429 || string.IsNullOrWhiteSpace(wait))
            return sentence;

        var stop = sentence.EndsWith('.') ? "" : ".";
        return int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{sentence}{stop} Retry after {seconds} seconds.")
            : $"{sentence}{stop} Retry after {UpstreamErrorText.Tidy(wait)}.";
    }
}
