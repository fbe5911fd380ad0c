using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// One viewer's session in a room. Until it is disposed the room stays in memory and the viewer is counted; losing access ends its
/// <see cref="Frames"/>. Used by the viewer's loop alone. Next: <see cref="Hubs.ViewerStreams"/>, or <see cref="SseFeed"/> over HTTP.
/// </summary>
internal sealed class ViewerSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly MemberConnections.Registration _access;
    private readonly ViewerProgress _progress;
    private readonly IReadOnlyList<IDisposable> _held;

    /// <param name="log">The room's log.</param>
    /// <param name="view">The part of the log that the reader sees.</param>
    /// <param name="from">The viewer's start.</param>
    /// <param name="metrics">The metrics that count its frames.</param>
    /// <param name="progress">The progress that its frames make.</param>
    /// <param name="held">The resources to dispose with the session, in this order.</param>
    /// <param name="access">The reader's registration, which ends the frames with its reason. It is disposed with the session.</param>
    /// <param name="cancellationToken">Ends the frames when the viewer leaves.</param>
    public ViewerSession(
        RoomLog log, ViewerView view, ViewerStart from, HubMetrics metrics, ViewerProgress progress, IReadOnlyList<IDisposable> held,
        MemberConnections.Registration access, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, access.Ended);
        _access = access;
        _progress = progress;
        _held = held;
        Frames = new ViewerPump(log, view, metrics, progress).ReadAsync(from, _ended.Token).GetAsyncEnumerator(_ended.Token);
    }

    /// <summary>The frames, first a snapshot or resumed. They end only by an exception, which <see cref="Explain"/> explains.</summary>
    public IAsyncEnumerator<ViewerFrame> Frames { get; }

    /// <summary>Returns the reason to tell the viewer when its frames ended with the exception.</summary>
    public Exception Explain(Exception exception) =>
        exception is OperationCanceledException && _access.Ended.IsCancellationRequested ? _access.Reason : exception;

    public async ValueTask DisposeAsync()
    {
        await Frames.DisposeAsync();
        _progress.End();
        _ended.Dispose();
        _access.Dispose();
        foreach (var held in _held)
            held.Dispose();
    }
}
