using Microsoft.Extensions.Options;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Counts the runs that mentions started in each room within the last minute. It keeps nothing of rooms without any. Safe from any thread.
/// </summary>
internal sealed class MentionRate(IOptions<AgentOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<long>> _rooms = [];
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Counts one more run; false if the room has had as many as it may.</summary>
    public bool TryTake(string roomId)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (time.GetElapsedTime(_sweptAt, now) >= Period)
                Sweep_NeedsLock(now);

            if (!_rooms.TryGetValue(roomId, out var starts))
                _rooms.Add(roomId, starts = []);

            Forget(starts, now);
            if (starts.Count >= options.Value.MentionsPerMinute)
                return false;

            starts.Enqueue(now);
            return true;
        }
    }

    private void Sweep_NeedsLock(long now)
    {
        _sweptAt = now;
        foreach (var (room, starts) in _rooms)
        {
            Forget(starts, now);
            if (starts.Count == 0)
                _rooms.Remove(room);
        }
    }

    private void Forget(Queue<long> starts, long now)
    {
        while (starts.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Period)
            starts.Dequeue();
    }
}
