using System.Text;
using Microsoft.Net.Http.Headers;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Writes a transcript to its response piece by piece; a slow client slows the reading of the store down. Used by one request.
/// </summary>
internal sealed class TranscriptOutput
{
    // Nothing in a transcript runs or loads, even if a browser is made to show it.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    private readonly HttpResponse _response;

    public TranscriptOutput(HttpResponse response, string contentType, string fileName)
    {
        _response = response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.ContentType = contentType;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
    }

    public async Task WriteAsync(Action<StringBuilder> write, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        write(text);
        Encoding.UTF8.GetBytes(text.ToString(), _response.BodyWriter);
        await _response.BodyWriter.FlushAsync(cancellationToken);
    }

    public async Task WriteRawAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        await _response.BodyWriter.WriteAsync(json, cancellationToken);
}
