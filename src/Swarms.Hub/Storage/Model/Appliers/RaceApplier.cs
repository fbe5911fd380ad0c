using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Saves groups, votes and what blind groups hide, by the same fold that every member's client has.</summary>
internal sealed class RaceApplier : ChangeApplier<RaceChange>
{
    protected override void Apply(AppliedCommit commit, RaceChange change)
    {
        switch (change)
        {
            case RaceChange.Start start:
                commit.Context.Add(new RunGroupRow
                {
                    RoomKey = commit.RoomKey,
                    Id = start.Group.Id,
                    FirstSequence = commit.SequenceOf(e => e.Type == EventTypes.GroupStarted),
                    View = RunGroupRow.Write(start.Group),
                });
                break;
            case RaceChange.Hide hide:
                Hide(commit, hide);
                break;
            case RaceChange.Lose lose when commit.Context.HiddenRuns.Find(lose.RunId) is { } row && row.RoomKey == commit.RoomKey:
                row.View = HiddenRunRow.Write(row.ToHidden() with { HasSpent = lose.HasSpent });
                break;
            case RaceChange.Vote vote:
                Vote(commit, vote);
                break;
            case RaceChange.Reveal reveal:
                Reveal(commit, reveal);
                break;
            case RaceChange.Revise revise:
                Revise(commit, revise);
                break;
        }
    }

    /// <summary>Takes a removed run out of what its group hides. Only the figures stay, without names, until they count.</summary>
    public static void Remove(AppliedCommit commit, Run run)
    {
        if (run.Group is not { Id: var groupId } || commit.Context.RunGroups.Find(commit.RoomKey, groupId) is not { } group)
            return;

        if (group.RevealSequence is { } revealed
            && !commit.Pending.Changes.Any(change => change is RaceChange.Revise revise && revise.Revealed == revealed))
        {
            throw Changed();
        }

        if (commit.Context.HiddenRuns.Find(run.Id) is not { } row)
            return;

        if (row.ToHidden() is { HasSpent: true } hidden)
            row.View = HiddenRunRow.Write(hidden.Remove());
        else
            commit.Context.Remove(row);
    }

    /// <summary>Counts what a room's hidden runs spent, in the commit that deletes the room: nobody will reveal them.</summary>
    public static void Count(AppliedCommit commit, DateTimeOffset at)
    {
        var rows = commit.Context.HiddenRuns.Where(row => row.RoomKey == commit.RoomKey).ToList();
        foreach (var row in rows)
            SpendingApplier.Add(commit, row.ToHidden().ToHub(DateOnly.FromDateTime(at.UtcDateTime)));
    }

    private static void Hide(AppliedCommit commit, RaceChange.Hide hide)
    {
        var view = HiddenRunRow.Write(hide.Run);
        if (commit.Context.HiddenRuns.Find(hide.Run.Revealed.Run) is { } row)
        {
            row.View = view;
            return;
        }

        commit.Context.Add(new HiddenRunRow
        {
            RunId = hide.Run.Revealed.Run,
            RoomKey = commit.RoomKey,
            GroupId = hide.GroupId,
            View = view,
        });
    }

    private static void Vote(AppliedCommit commit, RaceChange.Vote vote)
    {
        var row = Find(commit, vote.GroupId);
        var group = row.ToGroup();
        if (group.RevealedAt is not null)
            throw Conflict("The group was revealed, so nobody votes any more.");

        var voted = commit.Pending.Events[0].ToRoomEvent(commit.SequenceOf(_ => true));
        var before = group.Votes.FirstOrDefault(votes => votes.By.Contains(voted.By!))?.Run;
        if (before == vote.RunId)
            throw Conflict("The vote is that way already.", changesNothing: true);

        if (vote.RunId is { } runId)
            RequireRun(commit, group, runId);

        if (before is null && group.Votes.Sum(votes => votes.By.Count) >= RunGroup.MaxVoters)
            throw new HubErrorException(ErrorCodes.TooLarge, $"At most {RunGroup.MaxVoters} members vote for the runs of one group.");

        row.View = RunGroupRow.Write(Fold(group, [], voted).FindGroup(group.Id)!);
    }

    private static void RequireRun(AppliedCommit commit, RunGroup group, string runId)
    {
        if (!group.Runs.Contains(runId))
            throw new HubErrorException(ErrorCodes.NotFound, "The group has no such run.");

        if (commit.Context.Runs.Find(runId)?.ToRun().RemovedAt is not null)
            throw Conflict("The run was removed, so nobody votes for it.");
    }

    private static void Reveal(AppliedCommit commit, RaceChange.Reveal reveal)
    {
        commit.Require(reveal.By, MemberRoles.Host);
        var row = Find(commit, reveal.GroupId);
        var group = row.ToGroup();
        if (group.RevealedAt is not null)
            throw Conflict("The group was revealed already.");

        var runs = group.Runs.Select(id => commit.Context.Runs.Find(id)).OfType<RunRow>().ToList();
        if (!runs.TrueForAll(run => run.HasEnded))
            throw Conflict("Not all runs of the group have ended. Wait for them, or cancel them.");

        var sequence = commit.SequenceOf(e => e.Type == EventTypes.GroupRevealed);
        var revealed = commit.Pending.Events[0].ToRoomEvent(sequence);
        // Texts are no part of it, and may be megabytes.
        var views = runs.ConvertAll(run => RunRow.ParseView(run.View));
        var left = views.Where(run => run.RemovedAt is null).Select(run => run.Id);
        if (!GroupRevealedPayload.Read(revealed.Data).Results.SequenceEqual(GroupResults.Of(group, left)))
            throw Changed();

        var state = Fold(group, views, revealed);
        row.View = RunGroupRow.Write(state.FindGroup(group.Id)!);
        row.RevealSequence = sequence;
        foreach (var (run, view) in runs.Zip(views))
        {
            var shown = state.FindRun(run.Id)!.ToRun();
            run.View = JsonSerializer.Serialize(shown with { Text = null, Parts = view.Parts }, ProtocolJson.Options);
        }

        commit.Context.RemoveRange(commit.Context.HiddenRuns.Where(one => one.RoomKey == commit.RoomKey && one.GroupId == group.Id));
    }

    private static void Revise(AppliedCommit commit, RaceChange.Revise revise)
    {
        var row = Find(commit, revise.GroupId);
        if (row.RevealSequence != revise.Revealed || commit.Context.Events.Find(commit.RoomKey, revise.Revealed) is not { } before)
            throw Changed();

        var sequence = commit.SequenceOf(e => e.Type == EventTypes.GroupRevealed);
        var again = commit.Pending.Events.First(e => e.Type == EventTypes.GroupRevealed).ToRoomEvent(sequence);
        commit.Erase(before, before.Key, new ErasedPayload(sequence));
        row.RevealSequence = sequence;
        row.View = RunGroupRow.Write(Fold(row.ToGroup(), [], again).FindGroup(row.Id)!);
    }

    // An empty text keeps the fold from shortening the task.
    internal static RoomState Fold(RunGroup group, IEnumerable<Run> runs, RoomEvent roomEvent)
    {
        var state = new RoomState(new RoomFrame
        {
            Kind = FrameKinds.Snapshot,
            Cursor = "",
            Room = new Room { Id = "", Name = "", CreatedAt = roomEvent.At },
            Groups = [group],
            Runs = [.. runs.Select(run => run with { Text = "", Parts = null })],
        });
        state.Apply(roomEvent);
        return state;
    }

    private static RunGroupRow Find(AppliedCommit commit, string groupId) =>
        commit.Context.RunGroups.Find(commit.RoomKey, groupId)
        ?? throw new HubErrorException(ErrorCodes.NotFound, "There is no such group in this room.");

    private static HubErrorException Conflict(string sentence, bool changesNothing = false) =>
        new(ErrorCodes.Conflict, sentence) { ChangesNothing = changesNothing };

    private static HubErrorException Changed() =>
        Conflict("The votes or the runs of the group changed at the same moment. Try again.", changesNothing: true);
}
