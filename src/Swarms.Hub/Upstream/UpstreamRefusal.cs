namespace Swarms.Hub.Upstream;

/// <summary>
/// The upstream's refusal, with secrets redacted. A body larger than <see cref="UpstreamOptions.MaxRefusalBytes"/> is left out.
/// </summary>
/// <param name="Status">4xx or 5xx.</param>
/// <param name="ContentType">Null if there is no body, or its type is not stated.</param>
/// <param name="Body">Empty if there was none.</param>
/// <param name="Headers">The headers passed on to a door's caller: <c>Retry-After</c> and <c>X-RateLimit-…</c>.</param>
internal sealed record UpstreamRefusal(
    int Status, string? ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers);
