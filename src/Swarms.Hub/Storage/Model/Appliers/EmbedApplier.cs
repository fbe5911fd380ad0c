using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds and deletes embeds.</summary>
internal sealed class EmbedApplier : ChangeApplier<EmbedChange>
{
    protected override void Apply(AppliedCommit commit, EmbedChange change)
    {
        switch (change)
        {
            case EmbedChange.Add add:
                Add(commit, add);
                break;
            case EmbedChange.Delete delete:
                commit.Require(delete.By, MemberRoles.Host);
                var deleted = commit.Context.Embeds
                    .Where(embed => embed.RoomKey == commit.RoomKey && embed.Id == delete.EmbedId).ExecuteDelete();
                if (deleted == 0 && !commit.Pending.IsRepeated)
                    throw new HubErrorException(ErrorCodes.NotFound, "There is no such embed.");

                break;
        }
    }

    private static void Add(AppliedCommit commit, EmbedChange.Add add)
    {
        // A repeated commit may have stored the embed before. Ids are random, so the same id is the same embed.
        var embed = add.Embed;
        if (commit.Context.Embeds.Find(embed.Id) is not null)
            return;

        commit.Require(embed.By, MemberRoles.Host);
        if (!commit.Context.Runs.Any(run => run.RoomKey == commit.RoomKey && run.Id == embed.Run))
            throw new HubErrorException(ErrorCodes.NotFound, "There is no such run in this room.");

        commit.Context.Embeds.Where(old => old.RoomKey == commit.RoomKey && old.ExpiresAt <= embed.CreatedAt).ExecuteDelete();
        commit.Context.Add(new EmbedRow
        {
            Id = embed.Id,
            RoomKey = commit.RoomKey,
            RunId = embed.Run,
            Hash = add.Hash,
            HidesTask = embed.HideTask,
            By = embed.By,
            CreatedAt = embed.CreatedAt,
            ExpiresAt = embed.ExpiresAt,
        });
    }
}
