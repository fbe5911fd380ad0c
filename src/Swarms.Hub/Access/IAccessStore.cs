using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>
/// The port to stored tokens, invites and the operator's key. Safe from any thread. Tokens and invites are written by the commit of the
/// event that they belong to (<see cref="RoomLogs.RoomChange"/>), and can be read once that commit is stored. Reads have the consistency
/// and the errors of <see cref="RoomLogs.IRoomStore"/>.
/// </summary>
internal interface IAccessStore
{
    /// <summary>The most invites that a list holds.</summary>
    const int MaxInvites = 1_000;

    /// <summary>
    /// Returns the token with this hash, or the memberships of the session with this hash: in the room, in that of the lane, or in all
    /// rooms, newest first.
    /// Empty if it is unknown or its member has left. Expired ones are still found. Tokens of a deleted room are still found, so that their
    /// holders learn that the room is gone.
    /// </summary>
    Task<IReadOnlyList<FoundToken>> FindTokensAsync(byte[] credential, string? roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns an invite by the hash of its secret or its code; null if there is none, it was deleted, or its room was deleted. An expired
    /// or used-up invite is still found: the commit that uses it decides.
    /// </summary>
    Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the room's invites that still admit somebody at this time, newest first, at most <see cref="MaxInvites"/>.
    /// </summary>
    Task<IReadOnlyList<Invite>> ListInvitesAsync(string roomId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the embed whose token has this hash; null if there is none. An expired one is still found, and one of a deleted room.
    /// </summary>
    Task<FoundEmbed?> FindEmbedAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the room's embeds that have not expired at this time, newest first, at most <see cref="MaxInvites"/>.
    /// </summary>
    Task<IReadOnlyList<Embed>> ListEmbedsAsync(string roomId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Returns the room's bans, newest first, at most <see cref="MaxInvites"/>.</summary>
    Task<IReadOnlyList<Ban>> ListBansAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Returns the id of the invite by which a member came; null if there was none, or it is not known.</summary>
    Task<string?> FindInviteOfAsync(string memberId, CancellationToken cancellationToken);

    /// <summary>Returns the room's programs, newest first, each with its token's lifetime and last use.</summary>
    Task<IReadOnlyList<RoomProgram>> ListProgramsAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Returns the member whose return link has this hash; null if there is none. An expired one is still found.</summary>
    Task<Membership?> FindReturnLinkAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Returns until when the member's return link works; null if there is none. An expired one is still found.</summary>
    Task<DateTimeOffset?> FindReturnLinkEndAsync(string memberId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the key of the invites' codes, made at the first start. Called at the start only, before the hub takes commits.
    /// </summary>
    Task<CodeKey> OpenCodeKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns the hub's id; saves this one first if there is none. Called at the start only, before the hub takes commits.
    /// </summary>
    Task<string> FindHubIdAsync(string fresh, CancellationToken cancellationToken);

    /// <summary>Returns the hash of the generated operator key; null before there is one.</summary>
    Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Saves the operator's key; it survives a loss of power once the call returns. Throws if a key exists, and keeps that one. Called at
    /// the first start only, before the hub takes commits.
    /// </summary>
    Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken);
}
