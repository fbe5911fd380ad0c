using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>Sends notices to one room's viewers, by SignalR's groups, or to all clients. Safe from any thread.</summary>
internal sealed class RoomNotices(IHubContext<RoomHub, IRoomViewer> hub) : IRoomNotices, IDrainNotice
{
    public Task SendPresenceAsync(string roomId, RoomPresence presence) => hub.Clients.Group(roomId).PresenceChanged(roomId, presence);

    public Task SendDrainingAsync(int reconnectWithinSeconds) => hub.Clients.All.Draining(reconnectWithinSeconds);
}
