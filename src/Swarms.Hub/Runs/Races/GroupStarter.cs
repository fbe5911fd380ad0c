using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Starts several runs of one prompt as a group: all of them or none, in one commit. Safe from any thread. When it returns, the runs are in
/// the room's log and continue without the caller. Next: <see cref="RunAdmission"/>.
/// </summary>
internal sealed class GroupStarter(
    IRoomDirectory rooms, IRoomStore store, IGroupStore groups, GroupRequests requests, RunAdmission admission, RunLauncher launcher,
    IdempotencyGate turns, IdGenerator ids, RunThreads threads, IOptions<RunOptions> options, TimeProvider time)
{
    public async Task<RunGroup> StartAsync(RoomCaller caller, StartGroupRequest? asked, CancellationToken cancellationToken)
    {
        if (asked is null)
            throw new HubErrorException(ErrorCodes.Invalid, "startGroup must be an object with a task and runs.");

        GroupRequests.Require(asked);
        var key = asked.IdempotencyKey;
        using var turn = key is null ? null : await turns.TakeAsync(caller.Member.Id, key, cancellationToken);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        lease.Log.RequireStorage();
        if (key is not null && await FindStartedAsync(caller, lease.Log, asked, key, cancellationToken) is { } started)
            return started;

        RequireRules(caller, lease.Log, asked);
        var thread = ThreadStart.Read(asked.Continues, supersedes: null, asked.Include);
        var composed = (await requests.ComposeAsync(caller.RoomId, asked, cancellationToken))
            .Select(request => request with { Thread = thread }).ToArray();
        // Nothing about a number may tell which entry it is: neither the order of the ids, nor that of the turns.
        if (asked.IsBlind)
            RandomNumberGenerator.Shuffle(composed.AsSpan());

        return await RecordAsync(caller, asked, composed, cancellationToken);
    }

    private void RequireRules(RoomCaller caller, RoomLog log, StartGroupRequest asked)
    {
        var settings = log.Query(state => state.Room.Settings) ?? RoomSettings.Initial;
        if (RoomRules.MustPropose(settings, caller.Member.Role, caller.Member.Unmoderated))
        {
            throw new HubErrorException(
                ErrorCodes.Forbidden,
                $"The room is moderated, and a group is no proposal. {RoomRules.Ask(log.Query(RoomRules.HostsOf))}");
        }

        var places = Math.Min(options.Value.MaxParallel, options.Value.MaxParallelPerRoom);
        if (settings.Budget?.ParallelRuns is { } own)
            places = Math.Min(places, own);

        if (asked.Runs.Count > places)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid,
                $"The runs of a group start together, and {places} can run at one time in this room. Choose fewer.");
        }
    }

    private async Task<RunGroup> RecordAsync(
        RoomCaller caller, StartGroupRequest asked, IReadOnlyList<RunRequest> composed, CancellationToken cancellationToken)
    {
        var race = new RunRace(ids.Next(), asked.IsBlind);
        var runs = new List<ActiveRun>();
        List<(string Id, RunRequest Request)> named = [.. composed.Select(request => (ids.Next(), request))];
        var places = await threads.PlaceAllAsync(caller.RoomId, named, cancellationToken);
        using var turn = places[0];
        try
        {
            foreach (var (id, request, thread) in named.Zip(places, (run, place) => (run.Id, run.Request, place.Thread)))
            {
                var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
                var run = new ActiveRun(id, caller.Member.Id, request, lease, relay: null) { Race = race, Thread = thread };
                runs.Add(run);
            }

            race.Runs = runs;
            var group = new RunGroup
            {
                Id = race.Id,
                By = caller.Member.Id,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
                IsBlind = race.IsBlind,
                Runs = [.. runs.Select(run => run.Id)],
                Votes = [],
            };
            var states = await admission.QueueAsync(race, group, cancellationToken, BindKey(runs[0], asked));
            foreach (var (run, state) in runs.Zip(states))
                launcher.Launch(run, state);

            return group;
        }
        catch
        {
            runs.ForEach(launcher.Forget);
            throw;
        }
    }

    private static IReadOnlyList<RoomChange> BindKey(ActiveRun first, StartGroupRequest asked) => asked.IdempotencyKey is { } key
        ? [new RunChange.BindKey(first.Id, first.By, key, GroupRequests.Hash(asked))]
        : [];

    private async Task<RunGroup?> FindStartedAsync(
        RoomCaller caller, RoomLog log, StartGroupRequest asked, string key, CancellationToken cancellationToken)
    {
        if (await store.FindRunKeyAsync(caller.Member.Id, key, cancellationToken) is not var (runId, hash))
            return null;

        if (hash.Length == 0)
            throw new HubErrorException(ErrorCodes.Conflict, "A run of this idempotency key was removed. Use a new key for a new group.");

        if (!CryptographicOperations.FixedTimeEquals(hash, GroupRequests.Hash(asked)))
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "This idempotency key was used for another request. Use a new key for a new group.");
        }

        var run = log.Query(state => state.FindRun(runId)?.ToRun()) ?? await store.FindRunAsync(log.Id, runId, cancellationToken);
        return run?.Group is { Id: var id } ? (await groups.FindAsync(log.Key, id, cancellationToken))?.Group : null;
    }
}
