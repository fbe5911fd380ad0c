using Swarms.Hub.Presence;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// How far one viewer has come. Written by the viewer's loop alone, read from any thread. A viewer that just keeps up is behind for a
/// moment at each commit; that does not count.
/// </summary>
internal sealed class ViewerProgress(RoomLog log, TimeProvider time) : IViewerProgress
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private long _sequence;
    private long _caughtUpAt = time.GetTimestamp();
    private volatile bool _isWaiting;
    private volatile bool _isOver;

    public long EventsBehind =>
        _isWaiting || (!_isOver && time.GetElapsedTime(Volatile.Read(ref _caughtUpAt)) < Moment)
            ? 0
            : Math.Max(0, log.Head - Volatile.Read(ref _sequence));

    /// <summary>The viewer is given everything up to that sequence.</summary>
    public void Reached(long sequence)
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Volatile.Write(ref _caughtUpAt, time.GetTimestamp());
        }

        Volatile.Write(ref _sequence, sequence);
    }

    /// <summary>The viewer has taken everything that there is.</summary>
    public void CaughtUp() => _isWaiting = true;

    /// <summary>The viewer takes no more.</summary>
    public void End() => (_isOver, _isWaiting) = (true, false);
}
