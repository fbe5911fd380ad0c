using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>One call of <c>WatchRoom</c>, from the hub's side.</summary>
internal sealed class FakeViewer(
    string roomId, string? cursor, string? authorization, Action abort, Func<int, string, Task> close)
{
    private readonly Channel<object> _frames = Channel.CreateUnbounded<object>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RoomId => roomId;

    public string? Cursor => cursor;

    public string? Authorization => authorization;

    /// <summary>The stream is over, for whatever reason.</summary>
    public Task Ended => _ended.Task.InTime();

    internal ChannelReader<object> Frames => _frames.Reader;

    public FakeViewer Send(params IEnumerable<object> frames)
    {
        foreach (var frame in frames)
            _frames.Writer.TryWrite(frame);

        return this;
    }

    /// <summary>Ends the stream without an error.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Ends the stream with what a hub method throws: <c>code: sentence</c>.</summary>
    public void Fail(string message) => _frames.Writer.TryComplete(new HubException(message));

    /// <summary>Cuts the connection.</summary>
    public void Cut() => abort();

    /// <summary>Closes the WebSocket with a code.</summary>
    public Task CloseAsync(int code, string reason) => close(code, reason);

    internal void End() => _ended.TrySetResult();
}
