namespace Swarms.Hub.Upstream;

/// <summary>
/// An answer that began: either a stream of frames, still arriving, or JSON, wholly read. Owned by whoever called
/// <see cref="IUpstream.SendAsync"/>; disposing it closes the connection at once where the answer has not ended.
/// </summary>
internal sealed class UpstreamResponse : IAsyncDisposable
{
    private readonly Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> readFrames;
    private readonly IDisposable? owned;
    private int isRead;

    private UpstreamResponse(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> readFrames,
        IDisposable? owned)
    {
        Status = status;
        Headers = headers;
        this.readFrames = readFrames;
        this.owned = owned;
    }

    public int Status { get; }

    /// <summary>Those that pass on to a door's caller: <c>Retry-After</c> and <c>X-RateLimit-…</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>False where the upstream answered JSON.</summary>
    public bool IsEventStream => Json is null;

    /// <summary>The whole body where the upstream answered JSON, secrets taken out.</summary>
    public ReadOnlyMemory<byte>? Json { get; private init; }

    /// <summary>What <see cref="Json"/> says it is.</summary>
    public string? ContentType { get; private init; }

    /// <summary>A stream of server-sent frames. <paramref name="owned"/> is disposed with the response.</summary>
    public static UpstreamResponse FromFrames(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> readFrames,
        IDisposable? owned = null) => new(status, headers, readFrames, owned) { ContentType = "text/event-stream" };

    /// <summary>JSON, and the events that it amounts to, an ending last.</summary>
    public static UpstreamResponse FromJson(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string contentType,
        ReadOnlyMemory<byte> json,
        IEnumerable<UpstreamEvent> events) =>
        new(status, headers, _ => events.Select(one => new UpstreamFrame(Raw: null, one)).ToAsyncEnumerable(), owned: null)
        {
            Json = json,
            ContentType = contentType,
        };

    /// <summary>
    /// Every frame in order, once. The last one's event is a <c>done</c> or an <c>error</c>, and nothing behind it is read.
    /// A fault of the upstream becomes that error; only the caller's own token throws.
    /// </summary>
    public IAsyncEnumerable<UpstreamFrame> ReadFramesAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref isRead, 1) == 0
            ? readFrames(cancellationToken)
            : throw new InvalidOperationException("An answer can be read only once.");

    public ValueTask DisposeAsync()
    {
        owned?.Dispose();
        return ValueTask.CompletedTask;
    }
}
