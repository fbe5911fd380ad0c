using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds, uses and deletes invites.</summary>
internal sealed class InviteApplier : ChangeApplier<InviteChange>
{
    protected override void Apply(AppliedCommit commit, InviteChange change)
    {
        switch (change)
        {
            case InviteChange.Add add:
                Add(commit, add);
                break;
            case InviteChange.Use use:
                var invite = Find(commit, use.InviteId);
                if (invite is null || invite.ExpiresAt <= use.At || invite.Uses >= invite.MaxUses)
                    throw new HubErrorException(ErrorCodes.NotFound, "This invite is not valid any more. Ask for a new one.");

                invite.Uses++;
                break;
            case InviteChange.Delete delete:
                commit.Require(delete.By, MemberRoles.Host);
                if (Find(commit, delete.InviteId) is { } found)
                    commit.Context.Remove(found);
                else if (!commit.Pending.IsRepeated)
                    throw new HubErrorException(ErrorCodes.NotFound, "There is no such invite.");
                break;
        }
    }

    private static void Add(AppliedCommit commit, InviteChange.Add add)
    {
        // A repeated commit may have stored the invite before. Ids are random, so the same id is the same invite.
        var invite = add.Invite;
        if (commit.Context.Invites.Find(invite.Id) is not null)
            return;

        commit.Require(invite.By, MemberRoles.Host);
        commit.Context.Add(new InviteRow
        {
            Id = invite.Id,
            RoomKey = commit.RoomKey,
            Role = invite.Role,
            SecretHash = add.SecretHash,
            CodeHash = add.CodeHash,
            MaxUses = invite.MaxUses,
            ExpiresAt = invite.ExpiresAt,
            By = invite.By,
        });
    }

    private static InviteRow? Find(AppliedCommit commit, string inviteId) =>
        commit.Context.Invites.FirstOrDefault(i => i.RoomKey == commit.RoomKey && i.Id == inviteId);
}
