using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>Sends notices to a room's SignalR group.</summary>
internal sealed class RoomNotices(IHubContext<RoomHub, IRoomViewer> hub) : IRoomNotices
{
    public Task SendPresenceAsync(string roomId, RoomPresence presence) => hub.Clients.Group(roomId).PresenceChanged(roomId, presence);

    public Task SendDrainingAsync(int reconnectWithinSeconds) => hub.Clients.All.Draining(reconnectWithinSeconds);
}
