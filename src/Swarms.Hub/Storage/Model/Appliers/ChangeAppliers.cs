using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Applies all changes of a commit inside the writer's transaction. Called by the writer's loop only.</summary>
internal static class ChangeAppliers
{
    // Each feature that stores rows has one applier.
    private static readonly ChangeApplier[] All =
    [
        new RunApplier(), new RoomApplier(), new MemberApplier(), new ReactionApplier(), new InviteApplier(), new TokenApplier(),
        new ReturnLinkApplier(), new AgentApplier(), new AttendanceApplier(), new MessageApplier(),
        new SpendingApplier(), new LaneApplier(), new RaceApplier(), new EmbedApplier(),
    ];

    /// <summary>Applies the changes in the context's tables; returns the data of events that they erased.</summary>
    public static IReadOnlyList<ErasedData> Apply(PendingCommit pending, HubDbContext context, DbTransaction transaction, RoomWrite room)
    {
        context.Database.UseTransaction(transaction);
        context.Database.AutoSavepointsEnabled = false;
        var commit = new AppliedCommit(context, pending, room);
        foreach (var change in pending.Changes)
        {
            if (!All.Any(applier => applier.TryApply(commit, change)))
                throw new InvalidOperationException($"No applier for {change.GetType().Name}.");
        }

        try
        {
            context.SaveChanges();
        }
        catch (DbUpdateException e) when (e.InnerException is DbException inner)
        {
            // The writer needs the database's own code to tell a failing disk from a violated constraint.
            ExceptionDispatchInfo.Throw(inner);
        }

        return commit.Erased;
    }
}
