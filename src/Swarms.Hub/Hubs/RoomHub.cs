using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>
/// The door for SignalR clients: who calls, may they, bind, delegate. Authorisation is <see cref="RoomRoleFilter"/>'s, by each
/// method's <see cref="RoomRoleAttribute"/>; failures become <c>code: sentence</c> there too. Next: <see cref="RunStarter"/> for
/// what writes the log, <see cref="Viewers"/> for what reads it.
/// </summary>
internal sealed class RoomHub(
    Viewers viewers, RunStarter starter, RunCancellation cancellation, RoomVoices voices) : Hub<IRoomViewer>
{
    [RoomRole(MemberRoles.Viewer)]
    public async IAsyncEnumerable<ViewerFrame> WatchRoom(string roomId, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var caller = RoomRoleFilter.CallerOf(Context, roomId);
        await Groups.AddToGroupAsync(Context.ConnectionId, roomId, cancellationToken);
        try
        {
            await foreach (var frame in viewers.WatchAsync(roomId, caller.Member.Id, cursor, cancellationToken))
                yield return frame;
        }
        finally
        {
            // A stream that the client gave up may have a successor on this connection, which needs the group. One that ended by
            // itself has lost the room.
            if (!cancellationToken.IsCancellationRequested)
                await Groups.RemoveFromGroupAsync(Context.ConnectionId, roomId, CancellationToken.None);
        }
    }

    [RoomRole(MemberRoles.Participant)]
    public Task<Run> StartRun(string roomId, StartRunRequest? startRun) =>
        starter.StartAsync(RoomRoleFilter.CallerOf(Context, roomId), startRun, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Participant)]
    public Task<Run> CancelRun(string roomId, string runId) =>
        cancellation.CancelAsync(RoomRoleFilter.CallerOf(Context, roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<long> Say(string roomId, string text) =>
        voices.SayAsync(RoomRoleFilter.CallerOf(Context, roomId), text, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task React(string roomId, long target, string emoji) =>
        voices.ReactAsync(RoomRoleFilter.CallerOf(Context, roomId), target, emoji, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task RaiseHand(string roomId) =>
        voices.SetHandAsync(RoomRoleFilter.CallerOf(Context, roomId), isRaised: true, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task LowerHand(string roomId) =>
        voices.SetHandAsync(RoomRoleFilter.CallerOf(Context, roomId), isRaised: false, Context.ConnectionAborted);
}
