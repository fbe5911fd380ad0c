using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>A commit whose changes are being applied.</summary>
/// <param name="Context">The tables, in the writer's transaction.</param>
/// <param name="Pending">The commit.</param>
/// <param name="Room">Its room's part in the transaction, before the commit.</param>
internal sealed record AppliedCommit(HubDbContext Context, PendingCommit Pending, RoomWrite Room)
{
    public long RoomKey => Room.Key;

    /// <summary>Returns the sequence that the first such event of the commit will get; without one, that of the commit's first event.</summary>
    public long SequenceOf(Func<PendingEvent, bool> isIt)
    {
        var index = 0;
        while (index < Pending.Events.Count && !isIt(Pending.Events[index]))
            index++;

        return Room.Head.Sequence + 1 + (index < Pending.Events.Count ? index : 0);
    }
}
