namespace Swarms.Hub.Upstream;

/// <summary>
/// An answer that began: a stream of frames that still arrive, or JSON that was read whole. Owned and read by the loop of one run, which
/// called <see cref="IUpstream.SendAsync"/>. Disposing it closes the connection of an unfinished answer.
/// Next: <see cref="RoomLogs.RoomLog"/>, to which the run's loop appends each event.
/// </summary>
internal sealed class UpstreamResponse : IAsyncDisposable
{
    private readonly Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> _readFrames;
    private readonly object? _owned;
    private int _isRead;

    private UpstreamResponse(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> readFrames,
        object? owned)
    {
        Status = status;
        Headers = headers;
        _readFrames = readFrames;
        _owned = owned;
    }

    public int Status { get; }

    /// <summary>The headers passed on to a door's caller: <c>Retry-After</c> and <c>X-RateLimit-…</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>False if the upstream answered JSON.</summary>
    public bool IsEventStream => Json is null;

    /// <summary>The whole body if the upstream answered JSON, with secrets redacted.</summary>
    public ReadOnlyMemory<byte>? Json { get; private init; }

    /// <summary>The upstream's content type.</summary>
    public string? ContentType { get; private init; }

    /// <summary>Creates a response of server-sent frames, which disposes <paramref name="owned"/> with itself.</summary>
    public static UpstreamResponse FromFrames(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Func<CancellationToken, IAsyncEnumerable<UpstreamFrame>> readFrames,
        object? owned = null) => new(status, headers, readFrames, owned) { ContentType = "text/event-stream" };

    /// <summary>Creates a response of JSON and the events that it amounts to, an ending last.</summary>
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
    /// Returns the same answer, whose frames pass through <paramref name="watch"/>. <paramref name="disposed"/> is called when the answer
    /// is disposed. This one must not be used any more.
    /// </summary>
    public UpstreamResponse Watch(
        Func<IAsyncEnumerable<UpstreamFrame>, CancellationToken, IAsyncEnumerable<UpstreamFrame>> watch, Action disposed) =>
        new(Status, Headers, token => watch(_readFrames(token), token), new Watched(this, disposed))
        {
            Json = Json,
            ContentType = ContentType,
        };

    /// <summary>
    /// Reads every frame in order, once. The last one's event is <c>done</c> or <c>error</c>; nothing after it is read. A fault of the
    /// upstream becomes that error, and only the caller's own token throws.
    /// </summary>
    public IAsyncEnumerable<UpstreamFrame> ReadFramesAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _isRead, 1) == 0
            ? _readFrames(cancellationToken)
            : throw new InvalidOperationException("An answer can be read only once.");

    public ValueTask DisposeAsync()
    {
        if (_owned is IAsyncDisposable owned)
            return owned.DisposeAsync();

        (_owned as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Watched(UpstreamResponse response, Action disposed) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            disposed();
            return response.DisposeAsync();
        }
    }
}
