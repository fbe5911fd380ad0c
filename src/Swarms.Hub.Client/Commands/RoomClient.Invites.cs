using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Makes a way into the room. Hosts.</summary>
    public Task<InviteCreated> CreateInviteAsync(CreateInviteRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<InviteCreated>(HttpMethod.Post, "/invites", request, isRepeatable: false, cancellationToken);

    /// <summary>The invites that still admit somebody, newest first, without their secrets. Hosts.</summary>
    public async Task<IReadOnlyList<Invite>> ListInvitesAsync(CancellationToken cancellationToken = default) =>
        (await _endpoint.SendAsync<InviteList>(HttpMethod.Get, "/invites", null, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false)).Invites;

    /// <summary>Takes an invite back. Hosts.</summary>
    public Task RevokeInviteAsync(string inviteId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/invites/{Escape(inviteId)}", null, isRepeatable: false, cancellationToken);
}
