namespace Swarms.Hub.Protocol;

/// <summary>
/// What the hub calls on those who watch a room. Delivered at most once and without an order relative to frames:
/// nothing here is history.
/// </summary>
public interface IRoomViewer
{
    /// <summary>Who watches now; the whole picture, not a difference.</summary>
    Task PresenceChanged(string roomId, RoomPresence presence);

    /// <summary>The hub stops: reconnect after a random part of that time, so that not everybody returns at once.</summary>
    Task Draining(int reconnectWithinSeconds);
}
