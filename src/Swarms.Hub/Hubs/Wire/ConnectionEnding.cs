using System.Net.WebSockets;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>
/// The ending with which one connection closes, and the only place that closes it. The first ending that is named counts. The client gets
/// the close code where it still reads, has a moment to answer it, and is cut off if it does not. Safe from any thread.
/// </summary>
/// <param name="accepted">The connection's WebSocket.</param>
/// <param name="abort">Cuts the connection off.</param>
/// <param name="time">The clock of all waiting.</param>
internal sealed class ConnectionEnding(Task<WebSocket> accepted, Action abort, TimeProvider time)
{
    /// <summary>Each step of the closing takes at most this long: the last message, the close frame, its answer.</summary>
    internal static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Ending? _named;

    /// <summary>Null while nothing ends the connection.</summary>
    public Ending? Value => Volatile.Read(ref _named);

    /// <summary>Completes when the client has left or was cut off; at once if nothing ends the connection. Never fails.</summary>
    public Task Closed => Value is null ? Task.CompletedTask : _closed.Task;

    /// <summary>Names the ending, and closes the connection.</summary>
    public void Name(string code)
    {
        if (Interlocked.CompareExchange(ref _named, Endings.Find(code), null) is null)
            _ = CloseAsync(code);
    }

    /// <summary>Says that the connection's handler has returned: the client answered, or is gone.</summary>
    public void Leave() => _left.TrySetResult();

    private async Task CloseAsync(string code)
    {
        try
        {
            var socket = await accepted;
            // A stream's last message comes first. .NET's client drops an unread message when the close frame arrives right behind it.
            if (code is not (ErrorCodes.Draining or ErrorCodes.Stalled))
                await _left.Task.WaitAsync(StepTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Waits for a message that is being sent, which a stalled client may still take.
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None)
                    .WaitAsync(StepTimeout, time);
            }

            await _left.Task.WaitAsync(StepTimeout, time);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client closed first.
        }
        catch (TimeoutException)
        {
            abort();
        }
        finally
        {
            _closed.SetResult();
        }
    }
}
