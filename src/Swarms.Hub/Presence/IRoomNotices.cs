using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>The port to the viewers of a room for notices that are not history. Delivered at most once. Safe from any thread.</summary>
internal interface IRoomNotices
{
    /// <summary>Completes when the slowest viewer has taken the notice.</summary>
    Task SendPresenceAsync(string roomId, RoomPresence presence);
}
