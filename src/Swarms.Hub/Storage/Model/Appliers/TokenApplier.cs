using Swarms.Hub.Access;

namespace Swarms.Hub.Storage.Model;

/// <summary>Tokens. They go with their member, see <see cref="MemberApplier"/>.</summary>
internal sealed class TokenApplier : ChangeApplier<AddToken>
{
    protected override void Apply(AppliedCommit commit, AddToken change) =>
        commit.Context.Add(new TokenRow { Hash = change.Hash, MemberId = change.MemberId, CreatedAt = change.At });
}
