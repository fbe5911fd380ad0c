using System.Collections.Concurrent;

namespace Swarms.Hub.Presence;

/// <summary>
/// Tells rooms who watches them: newcomers the whole, everybody else the changes, at once after a pause and then at most every half second.
/// One loop for all rooms; a viewer that does not read delays the presence of its own room only, and no event.
/// </summary>
internal sealed partial class PresenceNotifier(
    IRoomNotices notices, TimeProvider time, ILogger<PresenceNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, RoomViewers> _changed = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Marks the room's presence as changed; its news are taken when they are sent.</summary>
    public void Changed(RoomViewers room)
    {
        _changed[room.RoomId] = room;
        lock (_signal)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sending = new Dictionary<string, Task>();
        try
        {
            while (true)
            {
                await _signal.WaitAsync(stoppingToken);
                foreach (var roomId in _changed.Keys)
                    Send(roomId, sending);

                foreach (var (roomId, sent) in sending.Where(entry => entry.Value.IsCompleted).ToList())
                    sending.Remove(roomId);

                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private void Send(string roomId, Dictionary<string, Task> sending)
    {
        if (sending.TryGetValue(roomId, out var last) && !last.IsCompleted)
        {
            // The room's slowest viewer has not taken the last notice yet, so this change waits for the next round.
            Changed(_changed[roomId]);
            return;
        }

        if (_changed.TryRemove(roomId, out var room) && room.Take() is { } notice)
            sending[roomId] = SendAsync(roomId, notice);
    }

    private async Task SendAsync(string roomId, PresenceNotice notice)
    {
        try
        {
            await notices.SendPresenceAsync(roomId, notice);
        }
        catch (Exception e)
        {
            Log.PresenceFailed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A room's presence could not be sent to its viewers.")]
        public static partial void PresenceFailed(ILogger logger, Exception exception);
    }
}
