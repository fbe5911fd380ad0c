namespace Swarms.Hub.Delivery;

/// <summary>The forms in which a log is read over HTTP.</summary>
internal static class MediaTypes
{
    public const string EventStream = "text/event-stream";

    public static bool IsEventStreamAccepted(HttpRequest request) => request.GetTypedHeaders().Accept
        .Any(accept => accept.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase));
}
