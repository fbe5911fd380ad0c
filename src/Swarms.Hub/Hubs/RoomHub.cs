using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>
/// The door for SignalR clients: who calls, may they, bind, delegate. Authorisation is <see cref="RoomRoleFilter"/>'s, by each
/// method's <see cref="RoomRoleAttribute"/>; failures become <c>code: sentence</c> there too. Next: <see cref="IRunDirectory"/> for
/// what writes the log, <see cref="ViewerStreams"/> for what reads it.
/// </summary>
internal sealed class RoomHub(
    ViewerStreams streams, IRunDirectory runs, RoomMessages messages) : Hub<IRoomViewer>
{
    [RoomRole(MemberRoles.Viewer)]
    public IAsyncEnumerable<ViewerFrame> WatchRoom(string roomId, string? cursor, CancellationToken cancellationToken) =>
        streams.WatchAsync(Context, Groups, roomId, cursor, cancellationToken);

    [RoomRole(MemberRoles.Participant)]
    public Task<Run> StartRun(string roomId, StartRunRequest? startRun) =>
        runs.StartAsync(WatchedRooms.For(Context).CallerIn(roomId), startRun, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Participant)]
    public Task<Run> CancelRun(string roomId, string runId) =>
        runs.CancelAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<long> Say(string roomId, string text) =>
        messages.SayAsync(WatchedRooms.For(Context).CallerIn(roomId), text, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task React(string roomId, long target, string emoji) =>
        messages.ReactAsync(WatchedRooms.For(Context).CallerIn(roomId), target, emoji, seenAt: null, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task RaiseHand(string roomId) =>
        messages.SetHandAsync(WatchedRooms.For(Context).CallerIn(roomId), isRaised: true, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task LowerHand(string roomId) =>
        messages.SetHandAsync(WatchedRooms.For(Context).CallerIn(roomId), isRaised: false, Context.ConnectionAborted);
}
