using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>Sends notices to one room's viewers, by SignalR's groups, or to all clients. Safe from any thread.</summary>
internal sealed class RoomNotices(IHubContext<RoomHub, IRoomViewer> hub) : IRoomNotices, IDrainNotice
{
    /// <summary>Returns the group of one member's connections that watch the room.</summary>
    public static string GroupOf(string roomId, string memberId) => $"{roomId}/{memberId}";

    public Task SendPresenceAsync(string roomId, PresenceNotice notice)
    {
        var sent = notice.Changes is { } changes
            ? hub.Clients.GroupExcept(roomId, notice.Newcomers).PresenceChanged(roomId, changes)
            : Task.CompletedTask;
        return notice.Newcomers.Count == 0
            ? sent
            : Task.WhenAll(sent, hub.Clients.Clients(notice.Newcomers).PresenceChanged(roomId, notice.Whole));
    }

    public Task SendWatchingAsync(string roomId, IEnumerable<string> memberIds, RoomWatching changes) =>
        hub.Clients.Groups([.. memberIds.Select(memberId => GroupOf(roomId, memberId))]).WatchingChanged(roomId, changes);

    public Task SendDrainingAsync(int reconnectWithinSeconds) => hub.Clients.All.Draining(reconnectWithinSeconds);
}
