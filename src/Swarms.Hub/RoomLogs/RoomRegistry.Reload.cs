using System.Threading.Channels;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <content>Reloads rooms whose stored history is not the one in memory.</content>
internal sealed partial class RoomRegistry
{
    private static readonly TimeSpan ReloadDelay = TimeSpan.FromSeconds(1);

    // The channel holds each room in memory at most once.
    private readonly Channel<RoomLog> _distrusted = Channel.CreateUnbounded<RoomLog>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>
    /// Reloads a room whose stored history is not the one in memory. Appends are refused meanwhile, and viewers then get a snapshot. Called
    /// by the writer's loop only, once for each divergence.
    /// </summary>
    public void Reload(RoomLog log)
    {
        log.Distrust();
        _distrusted.Writer.TryWrite(log);
        Log.RoomDistrusted(_logger, log.Id);
    }

    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var log in _distrusted.Reader.ReadAllAsync(stoppingToken))
            {
                // If the store cannot be read, the room is tried again after the others.
                if (!await TryReloadAsync(log, stoppingToken))
                {
                    await Task.Delay(ReloadDelay, _time, stoppingToken);
                    _distrusted.Writer.TryWrite(log);
                }
            }
        }
        catch (OperationCanceledException e) when (e.CancellationToken == stoppingToken)
        {
            // The hub stops.
        }
    }

    private async Task<bool> TryReloadAsync(RoomLog log, CancellationToken stoppingToken)
    {
        try
        {
            if (await _store.LoadAsync(log.Id, stoppingToken) is not { } room)
            {
                Remove(log);
                log.Readers.Close(new HubErrorException(ErrorCodes.NotFound, "The room was deleted."));
                return true;
            }

            var reload = new RoomReload(
                log,
                [.. room.State.Runs.Where(run => !run.HasEnded).Select(run => run.ToRun())],
                log.Query(state => state.Members.Select(member => member.Id).Where(id => room.State.FindMember(id) is null).ToList()));
            log.Restart(room);
            log.Measure();
            await _followers.ReloadedAsync(reload, stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.RoomNotReloaded(_logger, log.Id, e);
            return false;
        }
    }
}
