using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Takes votes for the runs of groups, and reveals groups. Safe from any thread: the writer decides in its transaction.
/// Next: <see cref="RunBudgets"/>, which settles what a blind group hid.
/// </summary>
internal sealed class GroupDesk(
    IRoomDirectory rooms, IRoomStore store, IGroupStore groups, RunReader reader, RunBudgets budgets, TimeProvider time)
{
    // Each try loses against a vote of the same moment.
    private const int MaxTries = 10;

    /// <summary>Gives the caller's vote to the run. Appends nothing if it has it.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="groupId">The group; null for the one that the run is in.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task VoteAsync(RoomCaller caller, string? groupId, string? runId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await reader.GetAsync(lease.Log, runId, cancellationToken);
        if (run.Group is not { } place || (groupId ?? place.Id) != place.Id)
            throw new HubErrorException(ErrorCodes.NotFound, groupId is null ? "The run is in no group." : "The group has no such run.");

        await AppendAsync(caller, new GroupVotedPayload(place.Id, run.Id), cancellationToken);
    }

    /// <summary>Takes the caller's vote back. Appends nothing if there is none.</summary>
    public Task TakeBackAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken) =>
        AppendAsync(caller, new GroupVotedPayload(groupId, null), cancellationToken);

    /// <summary>Returns the caller's own vote, also once the group was revealed.</summary>
    public async Task<OwnVote> FindVoteAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var (group, revealed) = await FindAsync(lease.Log, groupId, cancellationToken);
        var run = revealed is null
            ? group.Votes.FirstOrDefault(votes => votes.By.Contains(caller.Member.Id))?.Run
            : await groups.FindVoteAsync(lease.Log.Key, groupId, caller.Member.Id, cancellationToken);
        return new OwnVote { Run = run };
    }

    /// <summary>Ends the voting, and shows what a blind group hid. All its runs must have ended.</summary>
    public async Task<RunGroup> RevealAsync(RoomCaller caller, string groupId, CancellationToken cancellationToken)
    {
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await RevealAsync(lease.Log, caller, groupId, cancellationToken);
                return (await FindAsync(lease.Log, groupId, cancellationToken)).Group;
            }
            catch (HubErrorException e) when (e.ChangesNothing && tries < MaxTries)
            {
                // Somebody voted, or a run was removed.
            }
        }
    }

    /// <summary>
    /// Returns the event in which a revealed group shows itself without one of its runs, and the change that erases the one before; null if
    /// the group is not revealed.
    /// </summary>
    public async Task<(PendingEvent Event, RoomChange Change)?> ReviseAsync(
        RoomLog log, RoomCaller caller, GroupPlace place, string removed, CancellationToken cancellationToken)
    {
        if ((await FindAsync(log, place.Id, cancellationToken)).Revealed is not { } sequence)
            return null;

        var stored = await store.ReadPeopleAsync(log.Key, sequence - 1, sequence, 1, cancellationToken);
        var before = System.Text.Json.JsonSerializer.Deserialize<GroupRevealedPayload>(stored[0].Data, ProtocolJson.Options)!;
        var after = before with
        {
            Results = [.. before.Results.Where(result => result.Run != removed)],
            Runs = [.. before.Runs.Where(run => run.Run != removed)],
        };
        var again = PendingEvent.Create(time.GetUtcNow(), EventTypes.GroupRevealed, caller.Member.Id, after);
        return (again, new RaceChange.Revise(place.Id, sequence));
    }

    private async Task RevealAsync(RoomLog log, RoomCaller caller, string groupId, CancellationToken cancellationToken)
    {
        var group = (await FindAsync(log, groupId, cancellationToken)).Group;
        var runs = new List<Run>();
        foreach (var id in group.Runs)
            runs.Add(await reader.GetAsync(log, id, cancellationToken));

        if (runs.Exists(run => !RunStates.HasEnded(run.State)))
            throw new HubErrorException(ErrorCodes.Conflict, "Not all runs of the group have ended. Wait for them, or cancel them.");

        var hidden = group.IsBlind ? await groups.ListHiddenAsync(log.Key, groupId, cancellationToken) : [];
        var left = runs.Where(run => run.RemovedAt is null).ToList();
        var shown = left.Select(run => hidden.FirstOrDefault(one => one.Revealed.Run == run.Id)?.Revealed).OfType<RevealedRun>();
        var data = new GroupRevealedPayload(groupId, GroupResults.Of(group, left.Select(run => run.Id)), [.. shown]);
        var revealed = PendingEvent.Create(time.GetUtcNow(), EventTypes.GroupRevealed, caller.Member.Id, data);
        // One that was removed and has spent nothing is hidden no more. It holds its reservation until now all the same.
        List<Run> blind = group.IsBlind ? runs : [];
        var spent = from run in blind
                    let one = hidden.FirstOrDefault(one => one.Revealed.Run == run.Id)
                    let bare = run with { Text = null, Parts = null }
                    select (one?.ToSpent(bare) ?? bare, one is { HasSpent: true });
        await budgets.RevealAsync(log, revealed, [.. spent], new RaceChange.Reveal(groupId, caller.Member.Id), cancellationToken);
    }

    private async Task AppendAsync(RoomCaller caller, GroupVotedPayload vote, CancellationToken cancellationToken)
    {
        var voted = PendingEvent.Create(time.GetUtcNow(), EventTypes.GroupVoted, caller.Member.Id, vote);
        try
        {
            await rooms.AppendAsync(caller.RoomId, [voted], cancellationToken, new RaceChange.Vote(vote.Group, vote.Run));
        }
        catch (HubErrorException e) when (e.ChangesNothing)
        {
            // The vote is that way already.
        }
    }

    private async Task<(RunGroup Group, long? Revealed)> FindAsync(RoomLog log, string groupId, CancellationToken cancellationToken) =>
        await groups.FindAsync(log.Key, groupId, cancellationToken)
        ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such group in this room.");
}
