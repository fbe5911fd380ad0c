namespace Swarms.Hub.Upstream;

/// <summary>The two forms in which the upstream answers.</summary>
internal static class MediaTypes
{
    public const string EventStream = "text/event-stream";

    public const string Json = "application/json";

    public static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    public static bool IsEventStream(string? mediaType) => EventStream.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
