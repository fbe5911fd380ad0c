namespace Swarms.Hub.Protocol;

/// <summary>
/// The hub's calls to the viewers of a room. They are delivered at most once and in no order relative to frames, because they are not
/// history.
/// </summary>
public interface IRoomViewer
{
    /// <summary>
    /// Gives the whole presence of the room when a stream begins, and then its changes: those have <see cref="RoomPresence.Left"/>. Changes
    /// that come before the whole mean nothing yet.
    /// </summary>
    Task PresenceChanged(string roomId, RoomPresence presence);

    /// <summary>Tells hosts of members who follow the room otherwise than before; at most every two seconds.</summary>
    Task WatchingChanged(string roomId, RoomWatching watching);

    /// <summary>Announces that the hub stops. Reconnect after a random part of this time, so that not all viewers return at once.</summary>
    Task Draining(int reconnectWithinSeconds);
}
