using Microsoft.AspNetCore.SignalR;

namespace Peers;

/// <summary>A hub as in the tutorials: one group for each room.</summary>
internal sealed class GroupHub : Hub
{
    public override Task OnConnectedAsync() =>
        Groups.AddToGroupAsync(Context.ConnectionId, Context.GetHttpContext()!.Request.Query["room"].ToString());
}
