namespace Swarms.Hub.Access;

/// <summary>The port to tokens and invites. They are written through a room's log, in the commit of the event they belong to.</summary>
internal interface IAccessStore
{
    /// <summary>Returns the membership of a token by its hash; null if the token is unknown or revoked.</summary>
    Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Returns an invite by the hash of its secret or its code; null if there is none.</summary>
    Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Returns the hash of the generated operator key; null before there is one.</summary>
    Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken);

    Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken);
}
