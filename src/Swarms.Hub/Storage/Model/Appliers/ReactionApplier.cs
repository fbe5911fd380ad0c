using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds reactions: each once, and a limited number of one member to one event.</summary>
internal sealed class ReactionApplier : ChangeApplier<AddReaction>
{
    // The limit of one member's reactions to one event. Every snapshot holds them all, and any text of 64 letters is an emoji.
    private const int MaxReactions = 20;

    protected override void Apply(AppliedCommit commit, AddReaction change)
    {
        var given = commit.Context.Reactions
            .Where(r => r.RoomKey == commit.RoomKey && r.Target == change.Target && r.MemberId == change.MemberId)
            .Select(r => r.Emoji).Take(MaxReactions).ToList();
        if (given.Contains(change.Emoji))
            throw new HubErrorException(ErrorCodes.Conflict, "You have given that reaction already.");

        if (given.Count == MaxReactions)
            {
                throw new HubErrorException(
                    ErrorCodes.TooLarge, $"You have given {MaxReactions} reactions to this already, and that is as many as one may give.");
            }

        commit.Context.Add(new ReactionRow
        {
            RoomKey = commit.RoomKey,
            Target = change.Target,
            MemberId = change.MemberId,
            Emoji = change.Emoji,
        });
    }
}
