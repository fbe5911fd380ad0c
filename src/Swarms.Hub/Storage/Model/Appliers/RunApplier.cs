using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Saves runs and binds idempotency keys to them.</summary>
internal sealed class RunApplier : ChangeApplier<RunChange>
{
    protected override void Apply(AppliedCommit commit, RunChange change)
    {
        switch (change)
        {
            case RunChange.Save save:
                Save(commit, save);
                break;
            case RunChange.BindKey bind:
                if (commit.Context.RunKeys.Find(bind.MemberId, bind.Key) is not null)
                    throw new HubErrorException(ErrorCodes.Conflict, "That idempotency key was used already.");

                commit.Context.Add(new RunKeyRow
                {
                    MemberId = bind.MemberId,
                    Key = bind.Key,
                    RoomKey = commit.RoomKey,
                    RunId = bind.RunId,
                    RequestHash = bind.RequestHash,
                });
                break;
            case RunChange.Moderate moderate:
                Moderate(commit, moderate);
                break;
        }
    }

    private static void Moderate(AppliedCommit commit, RunChange.Moderate moderate)
    {
        commit.Require(moderate.By, MemberRoles.Host);
        if (commit.Context.Runs.Find(moderate.RunId) is not { } row || row.RoomKey != commit.RoomKey)
            throw new HubErrorException(ErrorCodes.NotFound, "There is no such run in this room.");

        if (!row.HasEnded)
            throw new HubErrorException(ErrorCodes.Conflict, "The run has not ended: cancel it first.");

        var sequence = commit.SequenceOf(_ => true);
        var moderated = commit.Pending.Events[0].ToRoomEvent(sequence);
        var before = row.ToRun();
        RefuseUnchanged(before, moderated.Type);
        var run = new RunState(before);
        run.Apply(moderated);
        row.View = JsonSerializer.Serialize(run.ToRun() with { Text = null }, ProtocolJson.Options);
        if (moderated.Type != EventTypes.RunRemoved)
            return;

        RaceApplier.Remove(commit, before);
        RunEraser.Erase(commit, row, sequence);
    }

    private static void RefuseUnchanged(Run run, string type)
    {
        if (run.RemovedAt is not null && type != EventTypes.RunRemoved)
            throw new HubErrorException(ErrorCodes.Conflict, "The run was removed, so it is neither hidden nor shown.");

        if (run.RemovedAt is not null || (type != EventTypes.RunRemoved && run.HiddenAt is not null == (type == EventTypes.RunHidden)))
            throw new HubErrorException(ErrorCodes.Conflict, "The run is that way already.") { ChangesNothing = true };
    }

    private static void Save(AppliedCommit commit, RunChange.Save save)
    {
        var run = save.Run;
        // A lane's own run has the lane's id.
        if (run is { State: RunStates.Queued, Hold: null } && run.Id != commit.Pending.Log.Id && commit.Room.Settings.HoldBack is not null)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The room began to hold texts back at this moment. Start the run again.");
        }

        var row = commit.Context.Runs.Find(run.Id);
        if (row is null)
        {
            var firstSequence = commit.SequenceOf(e => e.Run == run.Id);
            row = new RunRow { Id = run.Id, RoomKey = commit.RoomKey, FirstSequence = firstSequence, Task = run.Task, View = "" };
            commit.Context.Add(row);
        }

        if (row.RoomKey != commit.RoomKey)
            throw new HubErrorException(ErrorCodes.Conflict, "A run of another room has that id.");

        // A host may have approved a proposal with another task.
        row.Task = run.Task;
        row.ThreadRoot = run.Thread?.Root;
        row.DataKey = save.Key.Bytes.ToArray();
        row.HasEnded = RunStates.HasEnded(run.State);
        row.Text = row.HasEnded ? run.Text : null;
        row.View = JsonSerializer.Serialize(run with { Text = null, Parts = row.HasEnded ? run.Parts : null }, ProtocolJson.Options);
    }
}
