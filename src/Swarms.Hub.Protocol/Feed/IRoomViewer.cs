namespace Swarms.Hub.Protocol;

/// <summary>
/// The hub's calls to the viewers of a room. They are delivered at most once and in no order relative to frames, because they are not
/// history.
/// </summary>
public interface IRoomViewer
{
    /// <summary>Gives the whole presence of the room, not a difference.</summary>
    Task PresenceChanged(string roomId, RoomPresence presence);

    /// <summary>Announces that the hub stops. Reconnect after a random part of this time, so that not all viewers return at once.</summary>
    Task Draining(int reconnectWithinSeconds);
}
