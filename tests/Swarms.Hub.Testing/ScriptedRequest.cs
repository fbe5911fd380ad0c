using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Swarms.Hub.Testing;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its query.</param>
/// <param name="Headers">By name, without regard to case; several values are joined by commas.</param>
/// <param name="Body">Byte for byte.</param>
public sealed record ScriptedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body.Span);

    internal static async Task<ScriptedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return new(
            request.Method,
            request.Path + request.QueryString,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
