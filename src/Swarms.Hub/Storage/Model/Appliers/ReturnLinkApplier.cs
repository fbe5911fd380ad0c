using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Sets, uses and deletes return links. <see cref="MemberApplier"/> removes them with their member's role.</summary>
internal sealed class ReturnLinkApplier : ChangeApplier<ReturnLinkChange>
{
    protected override void Apply(AppliedCommit commit, ReturnLinkChange change)
    {
        var links = commit.Context.ReturnLinks;
        switch (change)
        {
            case ReturnLinkChange.Set set:
                commit.Require(set.MemberId, MemberRoles.Host);
                links.Where(link => link.MemberId == set.MemberId).ExecuteDelete();
                commit.Context.Add(new ReturnLinkRow { MemberId = set.MemberId, Hash = set.Hash, ExpiresAt = set.ExpiresAt });
                break;
            case ReturnLinkChange.Use use:
                if (links.Where(link => link.Hash == use.Hash && link.ExpiresAt > use.At).ExecuteDelete() == 0)
                    throw new HubErrorException(ErrorCodes.NotFound, "This link is not valid any more. It works once.");

                break;
            case ReturnLinkChange.Delete delete:
                if (links.Where(link => link.MemberId == delete.MemberId).ExecuteDelete() == 0 && !commit.Pending.IsRepeated)
                    throw new HubErrorException(ErrorCodes.NotFound, "You have no return link.");

                break;
        }
    }
}
