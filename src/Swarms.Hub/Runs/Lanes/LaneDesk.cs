using Swarms.Hub.Access;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Where hosts mask and release the text of runs that is held. Safe from any thread. Next: <see cref="HeldOutput"/>.</summary>
internal sealed class LaneDesk(IRoomDirectory rooms, RunRegistry registry, RunReader reader)
{
    public async Task MaskAsync(RoomCaller caller, string runId, int start, int end, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var held = await FindAsync(lease.Log, runId, cancellationToken);
        await held.MaskAsync(caller.Member.Id, start, end, cancellationToken);
    }

    public async Task ReleaseAsync(RoomCaller caller, string runId, int? to, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var held = await FindAsync(lease.Log, runId, cancellationToken);
        await held.ReleaseAsync(caller.Member.Id, to, cancellationToken);
    }

    private async Task<HeldOutput> FindAsync(RoomLog log, string? runId, CancellationToken cancellationToken)
    {
        var run = await reader.GetAsync(log, runId, cancellationToken);
        return registry.Find(run.Id)?.Held ?? throw HeldOutput.NothingHeld();
    }
}
