using System.Threading.Channels;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Hands the upstream's own frames from one run's loop to the caller at the door. The run's loop adds and never waits; the caller's loop
/// reads at its own pace, within bounds, and may leave at any time. Each frame carries the commit that the caller must wait for.
/// Next: <see cref="Gateway.SwarmsApi.CompletionsWriter"/>.
/// </summary>
internal sealed class RunRelay : IDisposable
{
    // A caller that reads nothing loses its answer beyond these bounds; the run itself goes on. They hold four minutes of 60 chunks a
    // second, or eight of the largest frames.
    private const int MaxFrames = 16_384;
    private const long MaxLength = 16_777_216;

    private readonly TaskCompletionSource<RelayOpening> _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<RelayFrame> _frames = Channel.CreateBounded<RelayFrame>(
        new BoundedChannelOptions(MaxFrames) { SingleReader = true, SingleWriter = true });
    private SseFrame? _ending;
    private bool _isStream;
    private volatile bool _isAlone;
    private long _length;

    /// <summary>Whether a run was started with this relay. It was not where the idempotency key had started one before.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The upstream's first answer, or the run's ending if that came first.</summary>
    public Task<RelayOpening> Opening => _opening.Task;

    /// <summary>
    /// Waits for a frame; false after the last one. A caller that was too slow gets the frames that are left and then a
    /// <see cref="HubErrorException"/>.
    /// </summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _frames.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out RelayFrame frame)
    {
        if (!_frames.Reader.TryRead(out frame))
            return false;

        Interlocked.Add(ref _length, -frame.Data.Length);
        return true;
    }

    /// <summary>Completes when the run's ending is in the log, for callers that read no frames.</summary>
    public Task Ended => _frames.Reader.Completion;

    public void Take() => IsTaken = true;

    public void Begin(UpstreamResponse response)
    {
        _isStream = response.IsEventStream;
        _opening.TrySetResult(new RelayOpening.Answered(response.Status, response.Headers, response.Json, response.ContentType));
    }

    /// <summary>Says that the upstream's frames will not come, because the run's text is held back.</summary>
    public void Hold() => _opening.TrySetResult(new RelayOpening.Held());

    public void Refuse(UpstreamException refusal) => _opening.TrySetResult(new RelayOpening.Refused(refusal));

    public void Add(SseFrame raw, Task committed)
    {
        if (_isAlone)
            return;

        var isFull = Interlocked.Add(ref _length, raw.Data.Length) > MaxLength && raw.Data.Length <= MaxLength;
        if (isFull || !_frames.Writer.TryWrite(new RelayFrame(raw.Name, raw.Data, committed)))
        {
            _frames.Writer.TryComplete(new HubErrorException(
                ErrorCodes.TooLarge, "You read too slowly to be sent the rest. The run goes on, and its room has all of it."));
        }
    }

    /// <summary>Drops all frames, because the caller is gone.</summary>
    public void Leave()
    {
        _isAlone = true;
        while (TryRead(out _))
        {
        }
    }

    /// <summary>Keeps the upstream's last frame until the run's ending is committed.</summary>
    public void AddEnding(SseFrame? raw) => _ending = raw;

    /// <summary>Completes the relay, because the run's ending is in the log.</summary>
    public void End(PendingEvent ending)
    {
        _opening.TrySetResult(new RelayOpening.Stopped(ending));
        // An ending by the hub (silence, a cut, a cancel) has no frame. An error frame keeps the caller from taking the text for complete.
        if (_ending is null && ending.Type != EventTypes.Done)
            _ending = RelayError.Of(ending);

        if (_isStream && _ending is not null)
            Add(_ending, Task.CompletedTask);

        _frames.Writer.TryComplete();
    }

    /// <summary>Fails the relay with the reason, because the run's log is gone.</summary>
    public void Fail(HubErrorException reason)
    {
        _opening.TrySetException(reason);
        _ = _opening.Task.Exception;
        _frames.Writer.TryComplete(reason);
    }

    /// <summary>Fails the relay unless the run's ending completed it.</summary>
    public void Dispose()
    {
        _opening.TrySetException(new HubErrorException(ErrorCodes.Draining, "The hub stopped before the upstream answered."));
        _ = _opening.Task.Exception;
        _frames.Writer.TryComplete(new HubErrorException(ErrorCodes.Internal, "The hub could not record how this run ended."));
    }
}
