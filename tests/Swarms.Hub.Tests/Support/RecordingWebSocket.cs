using System.Net.WebSockets;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A WebSocket that records sends and can hold them. Its sends fail once it is aborted.</summary>
internal sealed class RecordingWebSocket : WebSocket
{
    private readonly SemaphoreSlim _sends = new(0);
    private readonly TaskCompletionSource<(int, string?)> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _held;
    private int _sent;
    private bool _isHolding;

    public List<(byte[] Bytes, bool IsLast)> Parts { get; } = [];

    /// <summary>The complete messages that were sent.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            var messages = new List<string>();
            var bytes = new List<byte>();
            foreach (var part in Parts)
            {
                bytes.AddRange(part.Bytes);
                if (!part.IsLast)
                    continue;

                messages.Add(Encoding.UTF8.GetString([.. bytes]));
                bytes.Clear();
            }

            return messages;
        }
    }

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _closed.Task.IsCompleted ? WebSocketState.CloseSent : WebSocketState.Open;

    public override string? SubProtocol => null;

    public bool IsAborted { get; private set; }

    /// <summary>The close code that was sent, and its reason.</summary>
    public (int Code, string? Reason)? Closed { get; private set; }

    /// <summary>Makes each send wait for a <see cref="ReleaseSend"/>.</summary>
    public void HoldSends() => _isHolding = true;

    /// <summary>Completes the held send; its continuation runs on this thread.</summary>
    public void ReleaseSend() => Interlocked.Exchange(ref _held, null)!.SetResult();

    /// <summary>Waits until this number of sends has begun.</summary>
    public async Task SendsAsync(int count)
    {
        for (; _sent < count; _sent++)
            await _sends.WaitAsync(TestContext.Current.CancellationToken).InTime();
    }

    public override void Abort()
    {
        IsAborted = true;
        Interlocked.Exchange(ref _held, null)?.SetException(Gone());
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (IsAborted)
            throw Gone();

        Parts.Add((buffer.ToArray(), endOfMessage));
        if (!_isHolding)
            return;

        var held = _held = new TaskCompletionSource();
        _sends.Release();
        await held.Task;
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    // As the framework's: a close frame waits for the message that is being sent.
    public override async Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        if (_held is { } held)
            await held.Task;

        if (IsAborted)
            throw Gone();

        Closed = ((int)closeStatus, statusDescription);
        _closed.SetResult(((int)closeStatus, statusDescription));
    }

    public async Task<(int Code, string? Reason)> ClosedAsync() => await _closed.Task.InTime();

    public override void Dispose() => _sends.Dispose();

    private static WebSocketException Gone() => new(WebSocketError.ConnectionClosedPrematurely);
}
