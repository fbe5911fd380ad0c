using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Applies a commit's <see cref="RoomChange"/>s inside the writer's transaction. Called by the writer's loop only. A change that
/// contradicts the stored state throws a <see cref="HubErrorException"/>, and the commit is refused.
/// </summary>
internal static class RoomChangeApplier
{
    // The most of one member to one event. Snapshots hold every reaction to a message, and any text of 64 characters is an emoji.
    private const int MaxReactions = 20;

    public static void Apply(PendingCommit commit, SqliteTransaction transaction, RoomWrite room)
    {
        using var context = new HubDbContext(new DbContextOptionsBuilder<HubDbContext>().UseSqlite(transaction.Connection!).Options);
        context.Database.UseTransaction(transaction);
        context.Database.AutoSavepointsEnabled = false;
        foreach (var change in commit.Changes)
            Apply(context, commit, room, change);

        try
        {
            context.SaveChanges();
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException inner)
        {
            // The writer tells a failing disk from a broken rule by SQLite's own code.
            ExceptionDispatchInfo.Throw(inner);
        }
    }

    private static void Apply(HubDbContext context, PendingCommit commit, RoomWrite room, RoomChange change)
    {
        var key = room.Key;
        switch (change)
        {
            case RoomChange.CreateRoom create:
                context.Add(new RoomRow
                {
                    Key = key,
                    Id = create.Room.Id,
                    Name = create.Room.Name,
                    CreatedAt = create.Room.CreatedAt,
                    OriginLink = room.Head.Link!.Value.ToBytes(),
                });
                break;
            case RoomChange.SaveRoom save:
                context.Rooms.Find(key)!.Name = save.Room.Name;
                break;
            case RoomChange.DeleteRoom delete:
                DeleteRoom(context, key, delete.At);
                break;
            case RoomChange.AddMember add:
                context.Add(new MemberRow
                {
                    Id = add.Member.Id,
                    RoomKey = key,
                    FirstSequence = SequenceOf(commit, room, e => e.Type == EventTypes.MemberJoined && e.By == add.Member.Id),
                    Name = add.Member.Name,
                    Role = add.Member.Role,
                    JoinedAt = add.Member.JoinedAt,
                });
                break;
            case RoomChange.ChangeMember or RoomChange.SetHand or RoomChange.RemoveMember:
                MemberChangeApplier.Apply(context, key, change);
                break;
            case RoomChange.AddReaction add:
                AddReaction(context, key, add);
                break;
            case RoomChange.AddToken add:
                context.Add(new TokenRow { Hash = add.Hash, MemberId = add.MemberId, CreatedAt = add.At });
                break;
            case RoomChange.AddInvite add:
                AddInvite(context, key, add);
                break;
            case RoomChange.UseInvite use:
                UseInvite(context, key, use);
                break;
            case RoomChange.DeleteInvite delete:
                DeleteInvite(context, key, delete, commit.IsRepeated);
                break;
            case RoomChange.SaveRun save:
                SaveRun(context, key, save, SequenceOf(commit, room, e => e.Run == save.Run.Id));
                break;
            case RoomChange.BindRunKey bind:
                BindRunKey(context, key, bind);
                break;
            default:
                throw new InvalidOperationException($"No rule for {change.GetType().Name}.");
        }
    }

    private static void DeleteRoom(HubDbContext context, long roomKey, DateTimeOffset at)
    {
        var room = context.Rooms.Find(roomKey)!;
        room.DeletedAt = at;
        room.Name = "";
        // There may be millions of rows, and every other room waits for this transaction: DeletedRoomSweeper removes them in slices.
        room.HasRemains = true;
    }

    private static void AddInvite(HubDbContext context, long roomKey, RoomChange.AddInvite add)
    {
        // A repeated commit without an event may be stored already, and ids are random.
        if (context.Invites.Find(add.InviteId) is not null)
            return;

        context.Add(new InviteRow
        {
            Id = add.InviteId,
            RoomKey = roomKey,
            Role = add.Role,
            SecretHash = add.SecretHash,
            CodeHash = add.CodeHash,
            MaxUses = add.MaxUses,
            ExpiresAt = add.ExpiresAt,
        });
    }

    private static void BindRunKey(HubDbContext context, long roomKey, RoomChange.BindRunKey bind)
    {
        if (context.RunKeys.Find(bind.MemberId, bind.Key) is not null)
            throw new HubErrorException(ErrorCodes.Conflict, "That idempotency key was used already.");

        context.Add(new RunKeyRow
        {
            MemberId = bind.MemberId,
            Key = bind.Key,
            RoomKey = roomKey,
            RunId = bind.RunId,
            RequestHash = bind.RequestHash,
        });
    }

    private static void AddReaction(HubDbContext context, long roomKey, RoomChange.AddReaction add)
    {
        var given = context.Reactions
            .Where(r => r.RoomKey == roomKey && r.Target == add.Target && r.MemberId == add.MemberId)
            .Select(r => r.Emoji).Take(MaxReactions).ToList();
        if (given.Contains(add.Emoji))
            throw new HubErrorException(ErrorCodes.Conflict, "You have given that reaction already.");

        if (given.Count == MaxReactions)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge, $"You have given {MaxReactions} reactions to this already, and that is as many as one may give.");
        }

        context.Add(new ReactionRow { RoomKey = roomKey, Target = add.Target, MemberId = add.MemberId, Emoji = add.Emoji });
    }

    private static void UseInvite(HubDbContext context, long roomKey, RoomChange.UseInvite use)
    {
        var invite = context.Invites.FirstOrDefault(i => i.RoomKey == roomKey && i.Id == use.InviteId);
        if (invite is null || invite.ExpiresAt <= use.At || invite.Uses >= invite.MaxUses)
            throw new HubErrorException(ErrorCodes.NotFound, "This invite is not valid any more. Ask for a new one.");

        invite.Uses++;
    }

    private static void DeleteInvite(HubDbContext context, long roomKey, RoomChange.DeleteInvite delete, bool isRepeated)
    {
        if (context.Invites.FirstOrDefault(i => i.RoomKey == roomKey && i.Id == delete.InviteId) is { } invite)
            context.Remove(invite);
        else if (!isRepeated)
            throw new HubErrorException(ErrorCodes.NotFound, "There is no such invite.");
    }

    private static void SaveRun(HubDbContext context, long roomKey, RoomChange.SaveRun save, long firstSequence)
    {
        var run = save.Run;
        var row = context.Runs.Find(run.Id);
        if (row is null)
            context.Add(row = new RunRow { Id = run.Id, RoomKey = roomKey, FirstSequence = firstSequence, Task = run.Task, View = "" });

        row.DataKey = save.Key.Bytes.ToArray();
        row.HasEnded = RunStates.HasEnded(run.State);
        row.Text = row.HasEnded ? run.Text : null;
        row.View = JsonSerializer.Serialize(run with { Text = null, Parts = row.HasEnded ? run.Parts : null }, ProtocolJson.Options);
    }

    // Returns the sequence that the commit's first matching event will get; without one, that of the commit's first event.
    private static long SequenceOf(PendingCommit commit, RoomWrite room, Func<PendingEvent, bool> isIt)
    {
        var index = 0;
        while (index < commit.Events.Count && !isIt(commit.Events[index]))
            index++;

        return room.Head.Sequence + 1 + (index < commit.Events.Count ? index : 0);
    }
}
