using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// One HTTP answer, from its headers on; used by the loop of one run. Reads refusals and JSON itself and opens a stream for reading.
/// Owns the connection and its idle timeout until it is disposed; an opened stream's <see cref="UpstreamResponse"/> disposes it.
/// Next: <see cref="UpstreamEventReader"/>.
/// </summary>
internal sealed class UpstreamAnswer(UpstreamOptions options, TimeProvider time, UpstreamSecrets secrets) : IDisposable
{
    // A list of a thousand models has 30 KB.
    private const int MaxLookupBytes = 1_048_576;

    private readonly IdleTimeout _idle = new(options.IdleTimeout, time);
    private HttpResponseMessage _response = new();

    private int Status => (int)_response.StatusCode;

    public async Task ReceiveAsync(Func<CancellationToken, ValueTask<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        _response = await _idle.WaitAsync(send, cancellationToken);
        // The sent request may have megabytes: an answer that takes an hour must not keep it in memory.
        _response.RequestMessage = null;
    }

    public async Task<UpstreamResponse> OpenAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        if (!_response.IsSuccessStatusCode)
            throw await _response.RefusalAsync(_idle, options.MaxRefusalBytes, secrets, cancellationToken);

        var body = new IdleTimeoutStream(await _response.Content.ReadAsStreamAsync(cancellationToken), _idle);
        if (request.IsStreamed && MediaTypes.IsEventStream(_response.MediaType()) && !_response.IsEncoded())
        {
            var reader = new UpstreamEventReader(body, secrets, options.MaxFrameBytes);
            return UpstreamResponse.FromFrames(Status, _response.PassingHeaders(secrets), reader.ReadAsync, this);
        }

        if (!MediaTypes.IsJson(_response.MediaType()) || _response.IsEncoded())
        {
            throw new UpstreamException(
                ErrorCodes.UpstreamError, "The upstream answered with something that is neither a stream of events nor JSON.");
        }

        var json = await ReadJsonAsync(body, request.IsLookup, cancellationToken);
        using var document = JsonText.TryParse(json, out _) ?? throw UpstreamFaults.NoJson();
        var answer = UpstreamResponse.FromJson(
            Status,
            _response.PassingHeaders(secrets),
            _response.ContentType() ?? "application/json",
            secrets.Redact(json),
            request.IsLookup ? [] : JsonAnswer.Read(request.Kind, document.RootElement, secrets, isOther: request.Path is not null));
        Dispose();
        return answer;
    }

    public void Dispose()
    {
        _response.Dispose();
        _idle.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>> ReadJsonAsync(Stream body, bool isLookup, CancellationToken cancellationToken)
    {
        var maxBytes = isLookup ? Math.Min(MaxLookupBytes, options.MaxJsonBytes) : options.MaxJsonBytes;
        try
        {
            return await HttpAnswers.ReadBoundedAsync(body, maxBytes, cancellationToken)
                ?? throw UpstreamFaults.AnswerTooLarge(maxBytes);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw UpstreamFaults.WithinAnswer(exception);
        }
    }
}
