using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds reactions and takes them back: each once, and a limited number of one member to one event.</summary>
internal sealed class ReactionApplier : ChangeApplier<ReactionChange>
{
    // The limit of one member's reactions to one event. Every snapshot holds them all, and any text of 64 letters is an emoji.
    private const int MaxReactions = 20;

    protected override void Apply(AppliedCommit commit, ReactionChange change)
    {
        if (change is AddReaction add)
            Add(commit, add);
        else if (change is RemoveReaction remove)
            Remove(commit, remove);
    }

    private static void Add(AppliedCommit commit, AddReaction add)
    {
        if (add.Passage is { } passage)
        {
            commit.RequirePassage(passage);
            AddToPassage(commit, add, passage, PassageReactionRow.KeyOf(passage));
            return;
        }

        RefuseRemoved(commit, add.Target);
        var given = commit.Context.Reactions
            .Where(r => r.RoomKey == commit.RoomKey && r.Target == add.Target && r.MemberId == add.MemberId)
            .Select(r => r.Emoji).Take(MaxReactions).ToList();
        RefuseRepeated(given.Contains(add.Emoji), given.Count);
        commit.Context.Add(new ReactionRow
        {
            RoomKey = commit.RoomKey,
            Target = add.Target,
            MemberId = add.MemberId,
            Emoji = add.Emoji,
            Sequence = commit.SequenceOf(e => e.Type == EventTypes.Reaction),
        });
    }

    private static void AddToPassage(AppliedCommit commit, AddReaction add, Passage passage, string key)
    {
        var given = commit.Context.PassageReactions
            .Where(r => r.RoomKey == commit.RoomKey && r.Target == passage.From && r.MemberId == add.MemberId)
            .Select(r => new { r.Emoji, r.Passage }).Take(MaxReactions).ToList();
        RefuseRepeated(given.Any(one => one.Emoji == add.Emoji && one.Passage == key), given.Count);
        commit.Context.Add(new PassageReactionRow
        {
            RoomKey = commit.RoomKey,
            Target = passage.From,
            MemberId = add.MemberId,
            Emoji = add.Emoji,
            Passage = key,
            RunId = passage.Run,
            Sequence = commit.SequenceOf(e => e.Type == EventTypes.Reaction),
        });
    }

    private static void RefuseRepeated(bool isRepeated, int given)
    {
        if (isRepeated)
            throw Unchanged("You have given that reaction already.");

        if (given == MaxReactions)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge, $"You have given {MaxReactions} reactions to this already, and that is as many as one may give.");
        }
    }

    private static void Remove(AppliedCommit commit, RemoveReaction remove)
    {
        var (room, target, member, emoji) = (commit.RoomKey, remove.Target, remove.MemberId, remove.Emoji);
        object? row = remove.Passage is { } passage
            ? commit.Context.PassageReactions.Find(room, passage.From, member, emoji, PassageReactionRow.KeyOf(passage))
            : commit.Context.Reactions.Find(room, target, member, emoji);
        commit.Context.Remove(row ?? throw Unchanged("You have not given that reaction."));
    }

    // A message that was only edited names its edit, and a run's event its removal.
    private static void RefuseRemoved(AppliedCommit commit, long target)
    {
        if (commit.Context.Events.Find(commit.RoomKey, target) is { } row
            && ErasedPayload.Read(JsonElement.Parse(row.Data)) is { } erased
            && commit.Context.Events.Find(commit.RoomKey, erased.Erased) is { Type: not EventTypes.MessageEdited })
        {
            throw new HubErrorException(ErrorCodes.Conflict, "It was removed, so nobody can react to it.");
        }
    }

    private static HubErrorException Unchanged(string sentence) => new(ErrorCodes.Conflict, sentence) { ChangesNothing = true };
}
