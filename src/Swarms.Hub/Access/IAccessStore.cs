namespace Swarms.Hub.Access;

/// <summary>
/// The port to stored tokens, invites and the operator's key. Safe from any thread. Tokens and invites are written by the commit of the
/// event that they belong to (<see cref="RoomLogs.RoomChange"/>), and can be read once that commit is stored. Reads have the consistency
/// and the errors of <see cref="RoomLogs.IRoomStore"/>.
/// </summary>
internal interface IAccessStore
{
    /// <summary>
    /// Returns the membership of a token by its hash; null if the token is unknown or its member has left. Tokens of a deleted room are
    /// still found, so that their holders learn that the room is gone.
    /// </summary>
    Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Returns an invite by the hash of its secret or its code; null if there is none, it was deleted, or its room was deleted. An expired
    /// or used-up invite is still found: the commit that uses it decides.
    /// </summary>
    Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Returns the hash of the generated operator key; null before there is one.</summary>
    Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Saves the operator's key; it survives a loss of power once the call returns. Throws if a key exists, and keeps that one. Called at
    /// the first start only, before the hub takes commits.
    /// </summary>
    Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken);
}
