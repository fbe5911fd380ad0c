using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>
    /// Starts one prompt with several agents as a group, and returns it as it is accepted. Repeats the call by itself where it may not have
    /// arrived, as <see cref="StartRunAsync(StartRunRequest, CancellationToken)"/> does.
    /// </summary>
    public Task<RunGroup> StartGroupAsync(StartGroupRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request with { IdempotencyKey = request.IdempotencyKey ?? Guid.NewGuid().ToString("N") };
        return _endpoint.SendAsync<RunGroup>(HttpMethod.Post, "/groups", body, isRepeatable: true, cancellationToken);
    }

    /// <summary>Votes for a run of the group, in place of an earlier vote.</summary>
    public Task VoteForRunAsync(string groupId, string runId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(
            HttpMethod.Put, $"/groups/{Escape(groupId)}/vote", new VoteRequest(runId), isRepeatable: true, cancellationToken);

    /// <summary>Takes the vote in the group back.</summary>
    public Task TakeBackVoteAsync(string groupId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/groups/{Escape(groupId)}/vote", null, isRepeatable: true, cancellationToken);

    /// <summary>Returns the caller's own vote in the group. A group that was revealed has no votes of single members any more.</summary>
    public Task<OwnVote> GetVoteAsync(string groupId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<OwnVote>(HttpMethod.Get, $"/groups/{Escape(groupId)}/vote", null, isRepeatable: true, cancellationToken);

    /// <summary>Ends the voting, and shows what a blind group hid. All its runs must have ended. Hosts.</summary>
    public Task<RunGroup> RevealGroupAsync(string groupId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<RunGroup>(HttpMethod.Post, $"/groups/{Escape(groupId)}/reveal", null, isRepeatable: false, cancellationToken);
}
