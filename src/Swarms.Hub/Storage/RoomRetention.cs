using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>
/// Deletes rooms in which nothing has happened for <see cref="RetentionOptions.Retention"/>, or for the time in their own settings. One
/// loop, which looks after the start and then once an hour.
/// </summary>
internal sealed partial class RoomRetention(
    IRoomDirectory rooms, IRoomStore store, ILogWriter writer, IOptions<RetentionOptions> options, TimeProvider time,
    ILogger<RoomRetention> logger) : BackgroundService
{
    // Rooms of one look. The next batch follows at once.
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await writer.Opened.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do
                await DeleteIdleAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private async Task DeleteIdleAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        try
        {
            if (options.Value.Retention is { } retention)
                await DeleteIdleAsync(now - retention, null, stoppingToken);

            foreach (var seconds in await store.ListRetentionsAsync(stoppingToken))
                await DeleteIdleAsync(now - TimeSpan.FromSeconds(seconds), seconds, stoppingToken);
        }
        catch (HubErrorException e)
        {
            // The storage fails; the next look tries again.
            Log.NotDeleted(logger, e.Code);
        }
    }

    private async Task DeleteIdleAsync(DateTimeOffset since, long? retentionSeconds, CancellationToken stoppingToken)
    {
        while (await store.FindIdleRoomsAsync(since, retentionSeconds, Batch, stoppingToken) is { Count: > 0 } idle)
        {
            var deleted = 0;
            foreach (var room in idle)
                deleted += await TryDeleteAsync(room, since, stoppingToken) ? 1 : 0;

            if (deleted == 0)
                break;
        }
    }

    private async Task<bool> TryDeleteAsync(string room, DateTimeOffset since, CancellationToken stoppingToken)
    {
        try
        {
            await rooms.AppendAsync(room, [], stoppingToken, new RoomChange.DeleteRoom(time.GetUtcNow(), By: null, IdleSince: since));
            Log.RoomDeleted(logger, room);
            return true;
        }
        catch (HubErrorException e) when (e.Code is Protocol.ErrorCodes.Conflict or Protocol.ErrorCodes.NotFound)
        {
            // Somebody has used or deleted it at this moment.
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Room {Room} was idle for longer than it is kept, and is deleted.")]
        public static partial void RoomDeleted(ILogger logger, string room);

        [LoggerMessage(2, LogLevel.Information, "Idle rooms could not be deleted now ({Code}); they are tried again in an hour.")]
        public static partial void NotDeleted(ILogger logger, string code);
    }
}
