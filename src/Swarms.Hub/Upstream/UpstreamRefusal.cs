namespace Swarms.Hub.Upstream;

/// <summary>How the upstream said no, secrets taken out. A body beyond <see cref="UpstreamOptions.MaxRefusalBytes"/> is left out as a whole.</summary>
/// <param name="Status">4xx or 5xx.</param>
/// <param name="ContentType">Null where there is no body, or none that says what it is.</param>
/// <param name="Body">Empty where there was none.</param>
/// <param name="Headers">Those that pass on to a door's caller: <c>Retry-After</c> and <c>X-RateLimit-…</c>.</param>
internal sealed record UpstreamRefusal(
    int Status, string? ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers);
