namespace Swarms.Hub.Protocol;

/// <summary>The events that the feed over server-sent events has besides frames and event types.</summary>
public static class SseEvents
{
    /// <summary>An event sent during silence, so that a client can tell a quiet room from a dead connection.</summary>
    public const string Ping = "ping";

    /// <summary>The last event of a feed that the hub ends: its data has <c>code</c> and <c>message</c>.</summary>
    public const string Closed = "closed";
}
