using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Presence;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Attendance;

/// <summary>
/// Stores who watches which room and when, in commits of its own. One loop writes what has come together every few seconds, and each minute
/// that those who are here still are. A crash loses at most that minute.
/// </summary>
internal sealed partial class AttendanceRecorder : BackgroundService, IPresenceFollower
{
    // As many people may come and go while the disk takes no writes. Each takes 150 bytes.
    private const int MaxMarks = 100_000;

    // A commit's share of the writer's transaction.
    private const int MaxMarksPerCommit = 100;

    private const int FlushesPerNote = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // A disk that takes no writes must not hold the hub's stop up.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<AttendanceMark> _marks = [];

    // Used by the one whose turn it is.
    private readonly List<AttendanceMark> _pending = [];
    private bool _isStopped;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly IRoomDirectory _rooms;
    private readonly PresenceRegistry _presence;
    private readonly PresenceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AttendanceRecorder> _logger;

    public AttendanceRecorder(
        IRoomDirectory rooms, PresenceRegistry presence, IOptions<PresenceOptions> options, TimeProvider time,
        ILogger<AttendanceRecorder> logger)
    {
        (_rooms, _presence, _options, _time, _logger) = (rooms, presence, options.Value, time, logger);
        presence.Follow(this);
    }

    public void Came(string roomId, string memberId, DateTimeOffset at) => Add(new AttendanceMark(roomId, memberId, at, IsHere: true));

    public void Left(string roomId, string memberId, DateTimeOffset at) => Add(new AttendanceMark(roomId, memberId, at, IsHere: false));

    /// <summary>Stores what has come together. Waits while the disk takes no writes; what is not stored then is stored later.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (_marks.TryDequeue(out var mark))
                _pending.Add(mark);

            foreach (var room in _pending.GroupBy(mark => mark.RoomId).ToList())
            {
                var isStored = true;
                foreach (var part in room.Chunk(MaxMarksPerCommit))
                    isStored &= await TryStoreAsync(room.Key, new AttendanceChange.Add(part, _options.LeaveAfter), cancellationToken);

                // A mark that is stored twice changes nothing more.
                if (isStored)
                    _pending.RemoveAll(mark => mark.RoomId == room.Key);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _isStopped, true))
            return;

        // Connections are gone by now, and nobody comes back to this process.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StopTimeout);
        try
        {
            await NoteAsync(patience.Token);
            _presence.LeaveNow();
            await FlushAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // The disk takes no writes. The next start ends the times at their last note.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var round = 1; ; round++)
            {
                await Task.Delay(Interval, _time, stoppingToken);
                await FlushAsync(stoppingToken);
                if (round % FlushesPerNote == 0)
                    await NoteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        foreach (var roomId in _presence.Rooms)
            await TryStoreAsync(roomId, new AttendanceChange.GoOn(_time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Returns false if the change may be stored later.</summary>
    private async Task<bool> TryStoreAsync(string roomId, AttendanceChange change, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await _rooms.TryOpenAsync(roomId, cancellationToken);
            if (lease is null)
                return true;

            var commit = await lease.Log.AppendAsync([], Durability.Process, cancellationToken, change);
            await commit.Committed.WaitAsync(cancellationToken);
            return true;
        }
        catch (LogClosedException)
        {
            return false;
        }
        catch (HubErrorException e)
        {
            // The room is deleted; or it was loaded anew or cannot be read now.
            return e.Code != ErrorCodes.StorageUnavailable;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotStored(_logger, e);
            return true;
        }
    }

    private void Add(AttendanceMark mark)
    {
        if (_marks.Count < MaxMarks)
            _marks.Enqueue(mark);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A part of a room's attendance was not stored.")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
