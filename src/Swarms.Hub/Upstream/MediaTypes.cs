namespace Swarms.Hub.Upstream;

/// <summary>The two media types that the upstream answers with.</summary>
internal static class MediaTypes
{
    public const string EventStream = "text/event-stream";

    public const string Json = "application/json";

    public static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    public static bool IsEventStream(string? mediaType) => EventStream.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
