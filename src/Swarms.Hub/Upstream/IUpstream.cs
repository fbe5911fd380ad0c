namespace Swarms.Hub.Upstream;

/// <summary>
/// Executes runs. <see cref="SendAsync"/> is called by the run loops, many at once, and sends a request once: a run that failed may
/// have been carried out and billed. Every failure before the answer's body is an <see cref="UpstreamException"/>;
/// <see cref="OperationCanceledException"/> only ever means the caller's own token. Disposing the response aborts an unfinished answer.
/// Next: <see cref="SwarmsApi.SwarmsApiClient"/>.
/// </summary>
internal interface IUpstream
{
    UpstreamDescription Description { get; }

    Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken);
}
