using Microsoft.AspNetCore.SignalR;

namespace Peers;

/// <summary>Sends each event to the room's group and waits, to keep the order.</summary>
internal sealed class GroupBroadcast(IHubContext<GroupHub> hub) : IBroadcast
{
    public ValueTask SendAsync(string room, RelayedEvent relayed) => new(hub.Clients.Group(room).SendAsync("event", relayed));
}
