using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Admits runs by the gates and records them in the log, in the order of the queue. Safe from any thread. Next: <see cref="RoomLog"/>.
/// </summary>
internal sealed class RunAdmission(RunRegistry registry, RunBudgets budgets, LaneLogs lanes, TimeProvider time)
{
    private readonly Lock _order = new();

    /// <summary>Records a proposal. The caller forgets the run if this fails.</summary>
    public async Task<RunState> ProposeAsync(ActiveRun run, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> more)
    {
        registry.Propose(run);
        RunAccess.Require(run);
        var (now, request) = (time.GetUtcNow(), run.Request);
        // An agent's id says that a restart composes the request again.
        var agent = request.Origin is { HasConversation: true } ? request.Agent with { Id = null } : request.Agent;
        // A proposal comes last where nobody gave it another place: the time is its rank.
        var data = new RunProposedPayload(request.Kind, agent, request.Task, request.TaskLength, now.ToUnixTimeMilliseconds())
        {
            Message = request.Origin?.Message,
            Thread = run.Thread,
        };
        var proposed = PendingEvent.OfRun(now, EventTypes.RunProposed, run.Identity, run.By, data);
        var state = RunState.FromFirst(proposed.ToRoomEvent(0));
        await AppendAsync(run, state, [proposed], more, cancellationToken);
        return state;
    }

    /// <summary>Admits the run by the gates and queues it. The caller forgets the run if this fails.</summary>
    public async Task<RunState> QueueAsync(ActiveRun run, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> more)
    {
        await budgets.OpenAsync(run.Log, cancellationToken);
        await lanes.OpenAsync(run, cancellationToken);
        try
        {
            return await QueueWithLaneAsync(run, more, cancellationToken);
        }
        catch
        {
            await LaneLogs.DropAsync(run);
            throw;
        }
    }

    private async Task<RunState> QueueWithLaneAsync(
        ActiveRun run, IReadOnlyList<RoomChange> more, CancellationToken cancellationToken)
    {
        RunState state;
        Task recording;
        // The writer keeps the order in which it gets commits. Under this lock the run queue therefore has the order of the log.
        lock (_order)
        {
            registry.Admit(run);
            RunAccess.Require(run);
            var queued = Describe(run);
            state = RunState.FromFirst(queued.ToRoomEvent(0));
            recording = AppendAsync(run, state, [queued], more, cancellationToken);
        }

        await recording;
        return state;
    }

    /// <summary>
    /// Admits the runs of a group by the gates, and queues them behind its <c>group.started</c>, in one commit. The caller forgets the runs
    /// if this fails.
    /// </summary>
    public async Task<IReadOnlyList<RunState>> QueueAsync(
        RunRace race, RunGroup group, CancellationToken cancellationToken, params IReadOnlyList<RoomChange> more)
    {
        await budgets.OpenAsync(race.Runs[0].Log, cancellationToken);
        try
        {
            foreach (var run in race.Runs)
                await lanes.OpenAsync(run, cancellationToken);

            return await QueueWithLanesAsync(race, group, more, cancellationToken);
        }
        catch
        {
            foreach (var run in race.Runs)
                await LaneLogs.DropAsync(run);

            throw;
        }
    }

    private async Task<IReadOnlyList<RunState>> QueueWithLanesAsync(
        RunRace race, RunGroup group, IReadOnlyList<RoomChange> more, CancellationToken cancellationToken)
    {
        var first = race.Runs[0];
        var started = PendingEvent.Create(
            group.StartedAt, EventTypes.GroupStarted, group.By, new GroupStartedPayload(group.Id, group.IsBlind, group.Runs));
        List<RunState> states;
        Task recording;
        lock (_order)
        {
            registry.Admit(race);
            foreach (var run in race.Runs)
                RunAccess.Require(run);

            var queued = race.Runs.Select(Describe).ToList();
            states = queued.ConvertAll(one => RunState.FromFirst(one.ToRoomEvent(0)));
            var saved = race.Runs.Zip(states, RoomChange (run, state) => new RunChange.Save(state.ToRun(), run.Identity.Key));
            var hidden = race.Runs.Where(run => race.IsBlind).Select(run => new RaceChange.Hide(race.Id, HiddenRun.Of(run)));
            recording = first.Log.ContinueNowAsync(
                first.Generation, [started, .. queued], cancellationToken,
                [new RaceChange.Start(group), .. saved, .. hidden, .. more]);
        }

        await recording;
        return states;
    }

    /// <summary>Admits an approved proposal and queues it. It stays a proposal if this fails.</summary>
    public async Task<RunState> QueueAsync(
        ActiveRun run, RunRequest request, PendingEvent approved, Run proposed, CancellationToken cancellationToken)
    {
        await budgets.OpenAsync(run.Log, cancellationToken);
        await lanes.OpenAsync(run, cancellationToken);
        var state = new RunState(proposed);
        var before = run.Request;
        Task recording;
        try
        {
            lock (_order)
            {
                run.Replace(request);
                registry.Admit(run);
                var queued = Describe(run);
                state.Apply(approved.ToRoomEvent(0));
                state.Apply(queued.ToRoomEvent(0));
                recording = AppendAsync(run, state, [approved, queued], [], cancellationToken);
            }

            await recording;
            return state;
        }
        catch
        {
            registry.Unadmit(run);
            run.Replace(before);
            await LaneLogs.DropAsync(run);
            throw;
        }
    }

    private static Task<long> AppendAsync(
        ActiveRun run, RunState state, IReadOnlyList<PendingEvent> events, IReadOnlyList<RoomChange> more,
        CancellationToken cancellationToken) =>
        run.Log.ContinueNowAsync(
            run.Generation, events, cancellationToken, [new RunChange.Save(state.ToRun(), run.Identity.Key), .. more]);

    private PendingEvent Describe(ActiveRun run)
    {
        var request = run.Request;
        var (kind, agent) = run.Shown;
        var data = new RunQueuedPayload(kind, agent, request.Task, request.TaskLength, run.Position)
        {
            Message = request.Origin?.Message,
            Reserved = run.Race is { IsBlind: true } ? null : run.Reserved,
            Thread = run.Thread,
            Group = run.Race?.PlaceOf(run),
            Hold = run.Lane?.Hold,
        };
        return PendingEvent.OfRun(time.GetUtcNow(), EventTypes.RunQueued, run.Identity, run.By, data);
    }
}
