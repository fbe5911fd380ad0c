
namespace Swarms.Hub.Upstream;

/// <summary>
/// What executes runs. <see cref="SendAsync"/> may be called from many runs at once. It asks once and never again: a run
/// that failed may have been carried out, and billed. Every failure before the answer's body is an
/// <see cref="UpstreamException"/>; <see cref="OperationCanceledException"/> means the caller's own token and nothing else.
/// The caller disposes the response, which ends the upstream's work at once where it has not ended.
/// Next: <see cref="Upstream.SwarmsApi.SwarmsApiClient"/>.
/// </summary>
internal interface IUpstream
{
    UpstreamDescription Description { get; }

    Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken);
}
