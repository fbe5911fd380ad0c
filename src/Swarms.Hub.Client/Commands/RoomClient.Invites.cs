using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Makes a way into the room. Hosts.</summary>
    public Task<InviteCreated> CreateInviteAsync(CreateInviteRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<InviteCreated>(HttpMethod.Post, "/invites", request, isRepeatable: false, cancellationToken);

    /// <summary>Takes an invite back. Hosts.</summary>
    public Task RevokeInviteAsync(string inviteId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/invites/{Escape(inviteId)}", null, isRepeatable: false, cancellationToken);
}
