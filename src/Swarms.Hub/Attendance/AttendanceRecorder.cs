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

    private readonly ConcurrentQueue<AttendanceMark> _marks = [];
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

    /// <summary>Stores what has come together. Waits while the disk takes no writes.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var marks = new List<AttendanceMark>();
            while (_marks.TryDequeue(out var mark))
                marks.Add(mark);

            foreach (var room in marks.GroupBy(mark => mark.RoomId))
            {
                foreach (var part in room.Chunk(MaxMarksPerCommit))
                    await StoreAsync(room.Key, new AttendanceChange.Add(part, _options.LeaveAfter), cancellationToken);
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
        // Connections are gone by now, and nobody comes back to this process.
        await NoteAsync(cancellationToken);
        _presence.LeaveNow();
        await FlushAsync(cancellationToken);
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
            await StoreAsync(roomId, new AttendanceChange.GoOn(_time.GetUtcNow()), cancellationToken);
    }

    private async Task StoreAsync(string roomId, AttendanceChange change, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await _rooms.TryOpenAsync(roomId, cancellationToken);
            if (lease is null)
                return;

            var commit = await lease.Log.AppendAsync([], Durability.Process, cancellationToken, change);
            await commit.Committed.WaitAsync(cancellationToken);
        }
        catch (HubErrorException e) when (e.Code is ErrorCodes.NotFound or ErrorCodes.StorageUnavailable)
        {
            // The room is deleted, or it was loaded anew or cannot be read now.
            Log.NotStored(_logger, e.Code);
        }
    }

    private void Add(AttendanceMark mark)
    {
        if (_marks.Count < MaxMarks)
            _marks.Enqueue(mark);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A part of a room's attendance was not stored: {Code}.")]
        public static partial void NotStored(ILogger logger, string code);
    }
}
