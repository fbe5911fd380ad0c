namespace Swarms.Hub.Access;

/// <summary>
/// The port to stored tokens, invites and the operator's key. Safe from any thread. Tokens and invites are written by the commit of the
/// event that they belong to (<see cref="RoomLogs.RoomChange"/>), and are read when that commit is stored. Consistency and errors of the
/// reads are those of <see cref="RoomLogs.IRoomStore"/>.
/// </summary>
internal interface IAccessStore
{
    /// <summary>
    /// The member that a token stands for, by the token's hash. Null where the token is unknown or its member has left. Tokens of a
    /// deleted room are still found, so that their holders can be told that the room is gone.
    /// </summary>
    Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// An invite by the hash of its secret or of its code. Null where there is none, where it was taken back, or where its room was
    /// deleted. An invite that has expired or is used up is still found: the commit that uses it decides.
    /// </summary>
    Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Returns the hash of the generated operator key; null before there is one.</summary>
    Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Saves the operator's key, which survives the loss of power when the call returns. Throws where there is one already, and keeps it.
    /// Called at the first start only, before the hub takes commits.
    /// </summary>
    Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken);
}
