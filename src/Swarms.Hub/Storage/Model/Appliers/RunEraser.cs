using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>Erases the data of all events of a run, its texts and its key, in the commit that removes the run.</summary>
internal static class RunEraser
{
    // The rows of one page are in memory at once.
    private const int PageEvents = 256;

    public static void Erase(AppliedCommit commit, RunRow row, long removed)
    {
        var last = EraseEvents(commit, row, removed);
        LaneEraser.EraseOf(commit, commit.Pending.Events[0].At, row.Id);
        commit.Context.PassageReactions
            .Where(r => r.RoomKey == commit.RoomKey && r.Target >= row.FirstSequence && r.Target <= last && r.RunId == row.Id)
            .ExecuteDelete();
        commit.Context.Embeds.Where(embed => embed.RoomKey == commit.RoomKey && embed.RunId == row.Id).ExecuteDelete();
        // The hash of a request would confirm a guess of its task.
        commit.Context.RunKeys.Where(key => key.RoomKey == commit.RoomKey && key.RunId == row.Id)
            .ExecuteUpdate(keys => keys.SetProperty(key => key.RequestHash, Array.Empty<byte>()));
        (row.Task, row.Text, row.DataKey) = ("", null, null);
    }

    /// <summary>Erases the events up to the ending; returns its sequence.</summary>
    private static long EraseEvents(AppliedCommit commit, RunRow row, long removed)
    {
        var left = new ErasedPayload(removed);
        var next = row.FirstSequence;
        while (true)
        {
            // The rows of other runs in between are passed over. Only this run's span is read, not the rest of the room.
            var page = commit.Context.Events
                .Where(e => e.RoomKey == commit.RoomKey && e.Sequence >= next && e.Run == row.Id)
                .OrderBy(e => e.Sequence).Take(PageEvents).ToList();
            foreach (var one in page)
            {
                commit.Erase(one, row.DataKey, left);
                next = one.Sequence + 1;
                if (EventTypes.IsEnding(one.Type))
                    return one.Sequence;
            }

            if (page.Count < PageEvents)
                return next - 1;

            commit.Context.SaveChanges();
            foreach (var one in page)
                commit.Context.Entry(one).State = EntityState.Detached;
        }
    }
}
