using System.Threading.Channels;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Hands the upstream's own frames from one run's loop to the one caller at the door who waits for them. The loop adds and never
/// waits; the caller reads at its own pace, within bounds, and may leave at any time. What a frame says is committed before the
/// caller reads it. Next: <see cref="Gateway.SwarmsApi.CompletionsApi"/>.
/// </summary>
internal sealed class RunRelay : IDisposable
{
    // A caller that reads nothing loses its answer at so much; the run itself goes on. Four minutes of 60 chunks a second, or
    // eight of the largest frames.
    private const int MaxFrames = 16_384;
    private const long MaxLength = 16_777_216;

    private readonly TaskCompletionSource<RelayOpening> _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<RelayFrame> _frames = Channel.CreateBounded<RelayFrame>(
        new BoundedChannelOptions(MaxFrames) { SingleReader = true, SingleWriter = true });
    private SseFrame? _ending;
    private bool _isStream;
    private volatile bool _isAlone;
    private long _length;

    /// <summary>How the upstream answered; or how the run ended before it did.</summary>
    public Task<RelayOpening> Opening => _opening.Task;

    /// <summary>
    /// Whether there is another frame; each comes with the commit that it waits for. A caller that was too slow gets what is left
    /// and then a <see cref="HubErrorException"/>.
    /// </summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _frames.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out RelayFrame frame)
    {
        if (!_frames.Reader.TryRead(out frame))
            return false;

        Interlocked.Add(ref _length, -frame.Data.Length);
        return true;
    }

    /// <summary>Completes when the run's ending is in the log; for callers that read no frames.</summary>
    public Task Ended => _frames.Reader.Completion;

    public void Begin(UpstreamResponse response)
    {
        _isStream = response.IsEventStream;
        _opening.TrySetResult(new RelayOpening.Answered(response.Status, response.Headers, response.Json, response.ContentType));
    }

    public void Refuse(UpstreamException refusal) => _opening.TrySetResult(new RelayOpening.Refused(refusal));

    public void Add(SseFrame raw, Task committed)
    {
        if (_isAlone)
            return;

        var isFull = Interlocked.Add(ref _length, raw.Data.Length) > MaxLength && raw.Data.Length <= MaxLength;
        if (isFull || !_frames.Writer.TryWrite(new RelayFrame(raw.Name, raw.Data, committed)))
            _frames.Writer.TryComplete(new HubErrorException(ErrorCodes.TooLarge, "You read too slowly to be sent the rest. The run goes on, and its room has all of it."));
    }

    /// <summary>The caller is gone: nothing is kept for it any more.</summary>
    public void Leave()
    {
        _isAlone = true;
        while (TryRead(out _))
        {
        }
    }

    /// <summary>The upstream's last frame: it waits for the run's ending to be committed.</summary>
    public void AddEnding(SseFrame? raw) => _ending = raw;

    /// <summary>The run's ending is in the log.</summary>
    public void End(PendingEvent ending)
    {
        _opening.TrySetResult(new RelayOpening.Stopped(ending));
        // An ending that the hub made (silence, a cut, a cancel) has no frame: the caller must not take the text for whole.
        if (_ending is null && ending.Type != EventTypes.Done)
            _ending = RelayError.Of(ending);

        if (_isStream && _ending is not null)
            Add(_ending, Task.CompletedTask);

        _frames.Writer.TryComplete();
    }

    /// <summary>The run's log is gone: whoever waits is told why.</summary>
    public void Fail(HubErrorException reason)
    {
        _opening.TrySetException(reason);
        _ = _opening.Task.Exception;
        _frames.Writer.TryComplete(reason);
    }

    /// <summary>The run is over. One that could not even be given its ending leaves its caller with a failure.</summary>
    public void Dispose()
    {
        _opening.TrySetException(new HubErrorException(ErrorCodes.Draining, "The hub stopped before the upstream answered."));
        _ = _opening.Task.Exception;
        _frames.Writer.TryComplete(new HubErrorException(ErrorCodes.Internal, "The hub could not record how this run ended."));
    }
}
