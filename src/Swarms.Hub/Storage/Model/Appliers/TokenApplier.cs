using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds tokens and notes their use. <see cref="MemberApplier"/> removes them with their member.</summary>
internal sealed class TokenApplier : ChangeApplier<TokenChange>
{
    protected override void Apply(AppliedCommit commit, TokenChange change)
    {
        switch (change)
        {
            case TokenChange.Add add:
                Add(commit, add);
                break;
            case TokenChange.Remove remove:
                if (commit.Context.Tokens.Where(token => token.Hash == remove.Hash).ExecuteDelete() == 0 && !commit.Pending.IsRepeated)
                    throw RoomAccess.NotInRoom();

                break;
            case TokenChange.Use use when commit.Context.Tokens.Find(use.Hash) is { } used:
                (used.LastUsedAt, used.ExpiresAt) = (use.At, use.ExpiresAt);
                break;
        }
    }

    private static void Add(AppliedCommit commit, TokenChange.Add add)
    {
        if (commit.Context.Members.Find(add.MemberId) is { HasLeft: true })
            throw RoomAccess.NotInRoom();

        if (add.Session is not null)
        {
            if (commit.Context.Bans.Any(ban => ban.RoomKey == commit.RoomKey && ban.SessionHash == add.Session))
            {
                throw new HubErrorException(
                    ErrorCodes.Forbidden, "You were removed from this room and cannot join it again. A host can lift that.");
            }

            commit.Context.Tokens
                .Where(token => token.SessionHash == add.Session && token.MemberId != add.MemberId
                    && commit.Context.Members.Any(member => member.Id == token.MemberId && member.RoomKey == commit.RoomKey))
                .ExecuteDelete();
        }

        commit.Context.Add(new TokenRow
        {
            Hash = add.Hash,
            MemberId = add.MemberId,
            CreatedAt = add.At,
            LastUsedAt = add.At,
            ExpiresAt = add.ExpiresAt,
            SessionHash = add.Session,
        });
    }
}
