using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Hubs;

/// <summary>
/// The door for SignalR clients. <see cref="RoomRoleFilter"/> authorizes each method by its <see cref="RoomRoleAttribute"/> and turns
/// failures into <c>code: sentence</c>. SignalR creates it for each call, on any thread. Next: <see cref="IRunDirectory"/> and
/// <see cref="RoomMessages"/> and <see cref="RoomHands"/> for writing the log, <see cref="ViewerStreams"/> for reading it.
/// </summary>
internal sealed class RoomHub(
    ViewerStreams streams, IRunDirectory runs, RoomMessages messages, RoomHands hands) : Hub<IRoomViewer>
{
    [RoomRole(MemberRoles.Viewer, IsRead = true, ReadsLanes = true, ReadsEmbeds = true)]
    public IAsyncEnumerable<ViewerFrame> WatchRoom(string roomId, string? cursor, CancellationToken cancellationToken) =>
        streams.WatchAsync(Context, Groups, roomId, cursor, cancellationToken);

    [RoomRole(MemberRoles.Viewer)]
    public Task<Run> StartRun(string roomId, StartRunRequest? startRun) =>
        runs.StartAsync(CallerIn(roomId), startRun, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<RunGroup> StartGroup(string roomId, StartGroupRequest? startGroup) =>
        runs.StartGroupAsync(CallerIn(roomId), startGroup, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task VoteForRun(string roomId, string runId) =>
        runs.VoteAsync(CallerIn(roomId), groupId: null, runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task TakeBackVote(string roomId, string groupId) =>
        runs.TakeBackVoteAsync(CallerIn(roomId), groupId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task<RunGroup> RevealGroup(string roomId, string groupId) =>
        runs.RevealGroupAsync(CallerIn(roomId), groupId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<Run> CancelRun(string roomId, string runId) =>
        runs.CancelAsync(CallerIn(roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task HideRun(string roomId, string runId) => runs.HideAsync(CallerIn(roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task ShowRun(string roomId, string runId) => runs.ShowAsync(CallerIn(roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task RemoveRun(string roomId, string runId) => runs.RemoveAsync(CallerIn(roomId), runId, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task MaskRun(string roomId, string runId, int start, int end) =>
        runs.MaskAsync(CallerIn(roomId), runId, start, end, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task ReleaseRun(string roomId, string runId, int? to) =>
        runs.ReleaseAsync(CallerIn(roomId), runId, to, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task<Run> ApproveRun(string roomId, string runId, string? task) =>
        runs.ApproveAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, task, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task<Run> DeclineRun(string roomId, string runId, string? reason) =>
        runs.DeclineAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, reason, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task PlaceRun(string roomId, string runId, string? before) =>
        runs.PlaceAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, before, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task SupportRun(string roomId, string runId) =>
        runs.SupportAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, isSupported: true, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task UnsupportRun(string roomId, string runId) =>
        runs.SupportAsync(WatchedRooms.For(Context).CallerIn(roomId), runId, isSupported: false, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<long> Say(string roomId, string text) =>
        messages.SayAsync(CallerIn(roomId), new SayRequest { Text = text }, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task<long> SayWith(string roomId, SayRequest? say) =>
        messages.SayAsync(CallerIn(roomId), say ?? new SayRequest(), Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task EditMessage(string roomId, long target, string text) =>
        messages.EditAsync(CallerIn(roomId), target, new EditMessageRequest { Text = text }, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task RemoveMessage(string roomId, long target) =>
        messages.RemoveAsync(CallerIn(roomId), target, seenAt: null, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task React(string roomId, long target, string emoji) =>
        messages.ReactAsync(CallerIn(roomId), new ReactRequest { Target = target, Emoji = emoji }, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task ReactWith(string roomId, ReactRequest? react) =>
        messages.ReactAsync(CallerIn(roomId), react ?? new ReactRequest(), Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task Unreact(string roomId, ReactRequest? react) =>
        messages.UnreactAsync(CallerIn(roomId), react ?? new ReactRequest(), Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task RaiseHand(string roomId) => hands.SetAsync(CallerIn(roomId), isRaised: true, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task LowerHand(string roomId) => hands.SetAsync(CallerIn(roomId), isRaised: false, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Viewer)]
    public Task LowerHandOf(string roomId, string member) => hands.LowerAsync(CallerIn(roomId), member, Context.ConnectionAborted);

    [RoomRole(MemberRoles.Host)]
    public Task LowerAllHands(string roomId) => hands.LowerAllAsync(CallerIn(roomId), Context.ConnectionAborted);

    /// <summary>Answers a client that doubts its connection.</summary>
    [AllowAnonymous]
#pragma warning disable CA1822 // SignalR calls instance methods only.
    public Task Ping() => Task.CompletedTask;
#pragma warning restore CA1822

    private RoomCaller CallerIn(string roomId) => WatchedRooms.For(Context).CallerIn(roomId);
}
