using Swarms.Hub.Access;

namespace Swarms.Hub.Storage.Model;

/// <summary>Adds tokens. <see cref="MemberApplier"/> removes them with their member.</summary>
internal sealed class TokenApplier : ChangeApplier<AddToken>
{
    protected override void Apply(AppliedCommit commit, AddToken change) =>
        commit.Context.Add(new TokenRow { Hash = change.Hash, MemberId = change.MemberId, CreatedAt = change.At });
}
