namespace Swarms.Hub.Access;

/// <summary>The port to tokens and invites. They are written through the rooms' log, in the commit of the event they belong to.</summary>
internal interface IAccessStore
{
    /// <summary>Whom a token stands for, by its hash; null where it is unknown or revoked.</summary>
    Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>An invite by the hash of its secret or of its code; null where there is none.</summary>
    Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>The hash of the generated operator's key; null before there is one.</summary>
    Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken);

    Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken);
}
