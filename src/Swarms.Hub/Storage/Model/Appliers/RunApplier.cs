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
        }
    }

    private static void Save(AppliedCommit commit, RunChange.Save save)
    {
        var run = save.Run;
        var row = commit.Context.Runs.Find(run.Id);
        if (row is null)
        {
            var firstSequence = commit.SequenceOf(e => e.Run == run.Id);
            row = new RunRow { Id = run.Id, RoomKey = commit.RoomKey, FirstSequence = firstSequence, Task = run.Task, View = "" };
            commit.Context.Add(row);
        }

        if (row.RoomKey != commit.RoomKey)
            throw new HubErrorException(ErrorCodes.Conflict, "A run of another room has that id.");

        row.DataKey = save.Key.Bytes.ToArray();
        row.HasEnded = RunStates.HasEnded(run.State);
        row.Text = row.HasEnded ? run.Text : null;
        row.View = JsonSerializer.Serialize(run with { Text = null, Parts = row.HasEnded ? run.Parts : null }, ProtocolJson.Options);
    }
}
