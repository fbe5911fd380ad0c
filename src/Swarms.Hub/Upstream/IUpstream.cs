namespace Swarms.Hub.Upstream;

/// <summary>
/// Executes runs. <see cref="SendAsync"/> is called by the run loops, many at once, and sends a request once: a run that failed may
/// have been carried out and billed. Every failure before the answer's body is an <see cref="UpstreamException"/>;
/// <see cref="OperationCanceledException"/> only ever means the caller's own token. Disposing the response aborts an unfinished answer.
/// Next: <see cref="UpstreamRouter"/>.
/// </summary>
internal interface IUpstream
{
    UpstreamDescription Description { get; }

    /// <summary>Returns the sentence that refuses a request before it is sent; null if it can be. Called in a run's admission.</summary>
    string? Refuse(string kind, ReadOnlyMemory<byte> body) => null;

    /// <summary>Returns the limit of the upstream that takes a request; null where nobody waits for one.</summary>
    RateLimit? FindLimit(string kind, ReadOnlyMemory<byte> body) => null;

    Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken);
}
