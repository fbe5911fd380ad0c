using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Admits a program as a member of its own. Its token is shown only here. Hosts.</summary>
    public Task<ProgramCreated> CreateProgramAsync(CreateProgramRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<ProgramCreated>(HttpMethod.Post, "/programs", request, isRepeatable: false, cancellationToken);

    /// <summary>The programs, newest first. <see cref="RemoveMemberAsync"/> takes one out and revokes its token. Hosts.</summary>
    public async Task<IReadOnlyList<RoomProgram>> ListProgramsAsync(CancellationToken cancellationToken = default) =>
        (await _endpoint.SendAsync<ProgramList>(HttpMethod.Get, "/programs", null, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false)).Programs;

    /// <summary>
    /// Exchanges the caller's token for a new one. The old one, and every connection that it opened, ends; so this client is of no use any
    /// more: go on with <see cref="HubClient.OpenRoom"/> and the new token.
    /// </summary>
    public Task<TokenRenewed> RenewTokenAsync(RenewTokenRequest? request = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<TokenRenewed>(
            HttpMethod.Post, "/members/me/token", request ?? new RenewTokenRequest(), isRepeatable: false, cancellationToken);

    /// <summary>
    /// Makes a link by which the caller, and nobody else, is the same member again in another place. It works once; an earlier one is
    /// revoked. Hosts.
    /// </summary>
    public Task<ReturnLinkCreated> CreateReturnLinkAsync(
        CreateReturnLinkRequest? request = null, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<ReturnLinkCreated>(
            HttpMethod.Post, "/members/me/return-link", request ?? new CreateReturnLinkRequest(), isRepeatable: false, cancellationToken);

    /// <summary>Says whether the caller has a return link that still works, and until when. Hosts.</summary>
    public Task<OwnReturnLink> GetReturnLinkAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<OwnReturnLink>(HttpMethod.Get, "/members/me/return-link", null, isRepeatable: true, cancellationToken);

    /// <summary>Revokes the caller's return link. Hosts.</summary>
    public Task RevokeReturnLinkAsync(CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, "/members/me/return-link", null, isRepeatable: false, cancellationToken);
}
