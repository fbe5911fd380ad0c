using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The caller in the room. Asks the hub once.</summary>
    public async Task<Member> GetMemberAsync(CancellationToken cancellationToken = default) =>
        Member ?? (await GetRoomAsync(cancellationToken).ConfigureAwait(false)).Me;

    /// <summary>Changes a member's role or name. Hosts; a member may change its own name.</summary>
    public Task<Member> ChangeMemberAsync(string memberId, ChangeMemberRequest change, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Member>(HttpMethod.Patch, $"/members/{Escape(memberId)}", change, isRepeatable: true, cancellationToken);

    /// <summary>Makes another member a host and the caller a participant, at one moment. Returns the new host. Hosts.</summary>
    public Task<Member> HandOverAsync(string memberId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Member>(
            HttpMethod.Post, $"/members/{Escape(memberId)}/hand-over", null, isRepeatable: false, cancellationToken);

    /// <summary>Removes a member: its tokens and connections end. Hosts.</summary>
    public Task RemoveMemberAsync(string memberId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/members/{Escape(memberId)}", null, isRepeatable: false, cancellationToken);

    /// <summary>
    /// Removes a member whose browser may not join the room again. The answer has the invites by which it came: take them back, or replace
    /// them. Hosts.
    /// </summary>
    public Task<MemberBanned> BanMemberAsync(string memberId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<MemberBanned>(
            HttpMethod.Delete, $"/members/{Escape(memberId)}?ban=true", null, isRepeatable: false, cancellationToken);

    /// <summary>The browsers that may not join the room again, newest first. Hosts.</summary>
    public async Task<IReadOnlyList<Ban>> ListBansAsync(CancellationToken cancellationToken = default) =>
        (await _endpoint.SendAsync<BanList>(HttpMethod.Get, "/bans", null, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false)).Bans;

    /// <summary>Lifts a ban. Hosts.</summary>
    public Task LiftBanAsync(string banId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/bans/{Escape(banId)}", null, isRepeatable: false, cancellationToken);

    /// <summary>Leaves the room for good: the member's tokens end here, and so does watching.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        var me = await GetMemberAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync(() => RemoveMemberAsync(me.Id, cancellationToken)).ConfigureAwait(false);
    }
}
