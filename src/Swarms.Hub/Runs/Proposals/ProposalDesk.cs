using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Decides about proposals, and takes members' support for them. Safe from any thread: of two decisions the first counts, and the other is
/// refused with <c>conflict</c>. Next: <see cref="RunAdmission"/>.
/// </summary>
internal sealed class ProposalDesk(
    IRoomDirectory rooms, RunRegistry registry, RunAdmission admission, IAgentRequests agents, MessageTasks tasks, RunReader reader,
    TimeProvider time)
{
    // Where two ranks have none between them, all proposals get new ones with this gap.
    private const long Gap = 1_000;

    // The disk takes the ending of a declined run, or the caller is not kept waiting for it.
    private static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Approves the proposal, with another task where one is given, and returns it as it is queued.</summary>
    public async Task<Run> ApproveAsync(RoomCaller caller, string runId, string? task, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await FindAsync(lease.Log, runId, cancellationToken);
        var proposal = run.Proposal!;
        await TakeTurnAsync(proposal, cancellationToken);
        try
        {
            if (!run.IsProposed || run.Reason is not null || lease.Log.Query(state => state.FindRun(runId)?.ToRun()) is not { } proposed)
                throw Decided();

            if (lease.Log.Query(state => state.FindMember(run.By)) is null)
                throw new HubErrorException(ErrorCodes.Conflict, "The member who proposed it has left.");

            var isEdited = task is not null;
            var request = await ComposeAsync(lease.Log, caller, run.Request, task, cancellationToken);
            var approved = PendingEvent.OfRun(
                time.GetUtcNow(), EventTypes.RunApproved, run.Identity, caller.Member.Id, new RunApprovedPayload(isEdited));
            var queued = await admission.QueueAsync(run, request, approved, proposed, cancellationToken);
            proposal.Approve(queued);
            return queued.ToRun();
        }
        finally
        {
            proposal.Turn.Release();
        }
    }

    /// <summary>Declines the proposal, and returns it once its ending is committed.</summary>
    public async Task<Run> DeclineAsync(RoomCaller caller, string runId, string? reason, CancellationToken cancellationToken)
    {
        if (reason?.Length > Run.MaxDeclineReasonLength)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge, $"reason must have at most {Run.MaxDeclineReasonLength} characters.");
        }

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await FindAsync(lease.Log, runId, cancellationToken);
        await TakeTurnAsync(run.Proposal!, cancellationToken);
        try
        {
            if (!run.IsProposed || run.Reason is not null)
                throw Decided();

            run.Stop(RunStop.Declined(caller.Member.Id, string.IsNullOrWhiteSpace(reason) ? null : reason));
        }
        finally
        {
            run.Proposal!.Turn.Release();
        }

        await run.Ended.WaitAsync(EndingTimeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await reader.GetAsync(lease.Log, runId, cancellationToken);
    }

    /// <summary>Adds or takes back the caller's support. Appends nothing where that changes nothing.</summary>
    public async Task SupportAsync(RoomCaller caller, string runId, bool isSupported, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await FindAsync(lease.Log, runId, cancellationToken);
        var supporters = lease.Log.Query(state => state.FindRun(runId)?.ToRun().Supporters) ?? [];
        if (supporters.Contains(caller.Member.Id) == isSupported)
            return;

        if (isSupported && supporters.Count >= Run.MaxSupporters)
            throw new HubErrorException(ErrorCodes.TooLarge, $"A proposal has at most {Run.MaxSupporters} supporters.");

        var type = isSupported ? EventTypes.RunSupported : EventTypes.RunUnsupported;
        await AppendAsync(lease.Log, caller, [(run, type, new { })], cancellationToken);
    }

    /// <summary>Puts the proposal before another one, or at the end.</summary>
    public async Task PlaceAsync(RoomCaller caller, string runId, string? before, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await FindAsync(lease.Log, runId, cancellationToken);
        var others = lease.Log.Query(state => state.Proposals.Where(other => other.Id != runId).Select(other => other.ToRun()).ToList());
        var index = before is null ? others.Count : others.FindIndex(other => other.Id == before);
        if (index < 0)
            throw before == runId ? Invalid() : Decided();

        var lower = index > 0 ? others[index - 1].Rank!.Value : others.Count > 0 ? others[0].Rank!.Value - (2 * Gap) : 0;
        var upper = index < others.Count ? others[index].Rank!.Value : lower + (2 * Gap);
        if (upper - lower >= 2)
        {
            await AppendAsync(lease.Log, caller, [Placed(run, lower + ((upper - lower) / 2))], cancellationToken);
            return;
        }

        var order = others.Select(other => registry.Find(other.Id)).OfType<ActiveRun>().ToList();
        order.Insert(Math.Min(index, order.Count), run);
        await AppendAsync(lease.Log, caller, [.. order.Select((one, place) => Placed(one, place * Gap))], cancellationToken);
    }

    private static (ActiveRun Run, string Type, object Data) Placed(ActiveRun run, long rank) =>
        (run, EventTypes.RunPlaced, new RunPlacedPayload(rank));

    // A room's agent answers as it is at the approval, and a message as it is then.
    private async Task<RunRequest> ComposeAsync(
        RoomLog log, RoomCaller caller, RunRequest asked, string? task, CancellationToken cancellationToken)
    {
        if (task is not null)
            Texts.Require(task, "task", Run.MaxTaskLength);

        if (asked.Origin is not { HasConversation: false } origin)
            return task is null ? asked : asked.WithTask(task);

        try
        {
            var start = task is null ? await tasks.RefreshAsync(log, origin, cancellationToken) : origin.Edit(task);
            var composed = await agents.ComposeAsync(caller.RoomId, start, cancellationToken);
            return composed with { Reservation = asked.Reservation };
        }
        catch (HubErrorException e) when (e.Code == ErrorCodes.NotFound)
        {
            throw new HubErrorException(ErrorCodes.Conflict, "The agent was removed from the room. Add it again, or decline the proposal.");
        }
    }

    private Task<long> AppendAsync(
        RoomLog log, RoomCaller caller, (ActiveRun Run, string Type, object Data)[] acts, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return log.AppendNowAsync(
            [.. acts.Select(act => PendingEvent.OfRun(now, act.Type, act.Run.Identity, caller.Member.Id, act.Data))], cancellationToken);
    }

    private async Task<ActiveRun> FindAsync(RoomLog log, string runId, CancellationToken cancellationToken)
    {
        if (registry.Find(runId) is { IsProposed: true } run && run.Log == log)
            return run;

        // Says that there is no such run, if there is none.
        await reader.GetAsync(log, runId, cancellationToken);
        throw Decided();
    }

    // A proposal whose run has ended is disposed.
    private static async Task TakeTurnAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            await proposal.Turn.WaitAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            throw Decided();
        }
    }

    private static HubErrorException Decided() =>
        new(ErrorCodes.Conflict, "The run is no proposal any more: it was approved, declined or withdrawn.");

    private static HubErrorException Invalid() => new(ErrorCodes.Invalid, "before must be the id of another proposal.");
}
