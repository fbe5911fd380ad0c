using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>The port to those who watch a room, for what is no history. Delivered at most once.</summary>
internal interface IRoomNotices
{
    /// <summary>Completes when the slowest of them has taken it.</summary>
    Task SendPresenceAsync(string roomId, RoomPresence presence);
}
