using System.Collections.Concurrent;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

/// <summary>
/// Tells rooms who watches them. Sends the whole presence, at once after a pause and then at most every half second, so that a thousand
/// people who come at once cost two messages a second. One loop for all rooms; a viewer that does not read delays the presence of its
/// own room only, and no event.
/// </summary>
internal sealed partial class PresenceNotifier(
    IRoomNotices notices, TimeProvider time, ILogger<PresenceNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Func<string, RoomPresence>> _changed = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Marks the room's presence as changed; <paramref name="read"/> is called when it is sent.</summary>
    public void Changed(string roomId, Func<string, RoomPresence> read)
    {
        _changed[roomId] = read;
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
            Changed(roomId, _changed[roomId]);
            return;
        }

        if (_changed.TryRemove(roomId, out var read) && read(roomId) is { Viewers: > 0 } presence)
            sending[roomId] = SendAsync(roomId, presence);
    }

    private async Task SendAsync(string roomId, RoomPresence presence)
    {
        try
        {
            await notices.SendPresenceAsync(roomId, presence);
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
