using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// One viewer's place in a room, kept until it is disposed: the room stays in memory, the viewer is counted, and losing access ends
/// its <see cref="Frames"/>. Used by the viewer's loop alone. Next: <see cref="ViewerPump"/>.
/// </summary>
internal sealed class ViewerSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly CancellationToken _accessLost;
    private readonly IReadOnlyList<IDisposable> _held;

    /// <param name="log">The room's.</param>
    /// <param name="from">Where the viewer stands.</param>
    /// <param name="metrics">What its frames are counted in.</param>
    /// <param name="held">What is given back with the seat, in this order.</param>
    /// <param name="accessLost">Ends the frames, with <see cref="NotInRoom"/>.</param>
    /// <param name="cancellationToken">Ends the frames because the viewer leaves.</param>
    public ViewerSession(
        RoomLog log, ViewerStart from, HubMetrics metrics, IReadOnlyList<IDisposable> held, CancellationToken accessLost, CancellationToken cancellationToken)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, accessLost);
        _accessLost = accessLost;
        _held = held;
        Frames = new ViewerPump(log, metrics).ReadAsync(from, _ended.Token).GetAsyncEnumerator(_ended.Token);
    }

    /// <summary>A snapshot or resumed first, and then whatever comes; ends only by an exception, of which <see cref="Explain"/> knows more.</summary>
    public IAsyncEnumerator<ViewerFrame> Frames { get; }

    /// <summary>What to tell the viewer where its frames ended with that exception.</summary>
    public Exception Explain(Exception exception) =>
        exception is OperationCanceledException && _accessLost.IsCancellationRequested ? NotInRoom() : exception;

    public static HubErrorException NotInRoom() => new(ErrorCodes.Unauthenticated, "You are not in this room any more.");

    public async ValueTask DisposeAsync()
    {
        await Frames.DisposeAsync();
        _ended.Dispose();
        foreach (var held in _held)
            held.Dispose();
    }
}
