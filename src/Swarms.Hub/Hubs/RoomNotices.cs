using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>Sends notices to SignalR's groups: to one room's viewers, or to everybody.</summary>
internal sealed class RoomNotices(IHubContext<RoomHub, IRoomViewer> hub) : IRoomNotices, IDrainNotice
{
    public Task SendPresenceAsync(string roomId, RoomPresence presence) => hub.Clients.Group(roomId).PresenceChanged(roomId, presence);

    public Task SendDrainingAsync(int reconnectWithinSeconds) => hub.Clients.All.Draining(reconnectWithinSeconds);
}
