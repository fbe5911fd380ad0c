namespace Swarms.Hub.Protocol;

/// <content>The groups of runs and their votes.</content>
public sealed partial class RoomState
{
    private readonly List<RunGroup> _groups = [];

    /// <summary>The groups in order of <c>group.started</c>, while one of their runs is here.</summary>
    public IReadOnlyList<RunGroup> Groups => _groups;

    /// <summary>Returns the group with this id; null if the state has none.</summary>
    public RunGroup? FindGroup(string? id) => _groups.Find(group => group.Id == id);

    private bool TryApplyToGroups(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.GroupStarted:
                var started = GroupStartedPayload.Read(roomEvent.Data);
                _groups.Add(new RunGroup
                {
                    Id = started.Group,
                    By = roomEvent.By,
                    StartedAt = roomEvent.At,
                    IsBlind = started.IsBlind,
                    Runs = started.Runs,
                    Votes = [],
                });
                return true;
            case EventTypes.GroupVoted:
                Vote(GroupVotedPayload.Read(roomEvent.Data), roomEvent.By);
                return true;
            case EventTypes.GroupRevealed:
                Reveal(GroupRevealedPayload.Read(roomEvent.Data), roomEvent);
                return true;
            default:
                return false;
        }
    }

    private void Vote(GroupVotedPayload vote, string? by) => ChangeGroup(vote.Group, group =>
    {
        if (by is null || group.RevealedAt is not null || (vote.Run is { } named && !group.Runs.Contains(named)))
            return group;

        var votes = new List<GroupVotes>();
        foreach (var (run, voters) in group.Votes)
        {
            List<string> others = [.. voters.Where(id => id != by)];
            if (run == vote.Run)
                others.Add(by);

            if (others.Count > 0)
                votes.Add(new GroupVotes(run, others));
        }

        if (vote.Run is { } chosen && !votes.Exists(other => other.Run == chosen))
            votes.Add(new GroupVotes(chosen, [by]));

        return votes.Sum(other => other.By.Count) > RunGroup.MaxVoters ? group : group with { Votes = votes };
    });

    private void Reveal(GroupRevealedPayload revealed, RoomEvent roomEvent)
    {
        ChangeGroup(revealed.Group, group => group with
        {
            Votes = [],
            Results = revealed.Results,
            RevealedBy = group.RevealedBy ?? roomEvent.By,
            RevealedAt = group.RevealedAt ?? roomEvent.At,
        });
        foreach (var run in revealed.Runs)
            FindRun(run.Run)?.Reveal(run);

        ForgetUnnamed();
    }

    private void ChangeGroup(string id, Func<RunGroup, RunGroup> change)
    {
        var index = _groups.FindIndex(group => group.Id == id);
        if (index >= 0)
            _groups[index] = change(_groups[index]);
    }

    // A group goes with its last run.
    private void ForgetGroups() => _groups.RemoveAll(group => !_runs.Exists(run => group.Runs.Contains(run.Id)));

    private static bool Names(RunGroup group, string memberId) =>
        group.By == memberId || group.RevealedBy == memberId || group.Votes.Any(votes => votes.By.Contains(memberId));
}
