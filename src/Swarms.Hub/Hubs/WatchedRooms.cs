using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>
/// One connection's rooms: its caller in each, and the number of its streams that watch each. Created when the connection opens. Safe from
/// any thread, because SignalR begins a connection's next call while a stream is still being opened.
/// </summary>
#pragma warning disable CA1001 // A semaphore has nothing to dispose of but a wait handle, which is never asked for here.
internal sealed class WatchedRooms
#pragma warning restore CA1001
{
    // A page watches one room, and briefly twice while it replaces a stream. A program that needs more streams opens more connections.
    internal const int MaxStreams = 32;

    private static readonly object Key = new();

    private readonly ConcurrentDictionary<string, RoomCaller> _callers = [];
    private readonly Dictionary<string, int> _streams = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    public static void Open(HubCallerContext connection) => connection.Items[Key] = new WatchedRooms();

    public static WatchedRooms For(HubCallerContext connection) => (WatchedRooms)connection.Items[Key]!;

    /// <summary>Returns the caller as whom the connection was last admitted to the room.</summary>
    public RoomCaller CallerIn(string roomId) =>
        _callers.TryGetValue(roomId, out var caller) ? caller : throw new InvalidOperationException("The method has no RoomRole.");

    public void Admit(RoomCaller caller) => _callers[caller.RoomId] = caller;

    /// <summary>
    /// Counts a stream that watches the room; the first one brings the room's notices. Refuses with <c>rate_limited</c> beyond the limit.
    /// </summary>
    public async Task EnterAsync(IGroupManager groups, string connectionId, RoomCaller caller)
    {
        await _turn.WaitAsync();
        try
        {
            if (_streams.Values.Sum() >= MaxStreams)
            {
                throw new HubErrorException(
                    ErrorCodes.RateLimited,
                    $"This connection watches {MaxStreams} times already. End a stream, or open another connection.");
            }

            var roomId = caller.RoomId;
            var streams = _streams[roomId] = _streams.GetValueOrDefault(roomId) + 1;
            // What the room's notices tell is not for readers of an embed.
            if (streams > 1 || caller.Embed is not null)
                return;

            await groups.AddToGroupAsync(connectionId, roomId);
            await groups.AddToGroupAsync(connectionId, RoomNotices.GroupOf(roomId, caller.Member.Id));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Uncounts a stream; after the last one no notices come.</summary>
    public async Task LeaveAsync(IGroupManager groups, string connectionId, RoomCaller caller)
    {
        var roomId = caller.RoomId;
        await _turn.WaitAsync();
        try
        {
            if (--_streams[roomId] > 0)
                return;

            _streams.Remove(roomId);
            if (caller.Embed is not null)
                return;

            await groups.RemoveFromGroupAsync(connectionId, roomId);
            await groups.RemoveFromGroupAsync(connectionId, RoomNotices.GroupOf(roomId, caller.Member.Id));
        }
        finally
        {
            _turn.Release();
        }
    }
}
