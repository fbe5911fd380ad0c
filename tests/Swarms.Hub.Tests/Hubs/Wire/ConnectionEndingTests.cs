using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs.Wire;

public sealed class ConnectionEndingTests : IDisposable
{
    private readonly RecordingWebSocket _socket = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<WebSocket> _accepted = new();
    private readonly ConnectionEnding _ending;
    private readonly CodedWebSocket _coded;

    public ConnectionEndingTests()
    {
        _ending = new ConnectionEnding(_accepted.Task, _socket.Abort, _time);
        _coded = new CodedWebSocket(_socket, _ending);
        _accepted.SetResult(_coded);
    }

    public void Dispose() => _coded.Dispose();

    [Theory]
    [InlineData(ErrorCodes.Stalled, 4408, 0)]
    [InlineData(ErrorCodes.Draining, 4503, 0)]
    [InlineData(ErrorCodes.Unauthenticated, 4401, 1)]
    [InlineData(ErrorCodes.NotFound, 4404, 1)]
    public async Task Client_Gets_The_Code_And_Is_Cut_Off_If_It_Does_Not_Answer(string code, int closeCode, int stepsBefore)
    {
        _ending.Name(code);
        // A moment for the last message of a stream.
        for (var step = 0; step < stepsBefore; step++)
        {
            Assert.Null(_socket.Closed);
            _time.Advance(ConnectionEnding.StepTimeout);
        }

        Assert.Equal((closeCode, code), await _socket.ClosedAsync());
        Assert.False(_ending.Closed.IsCompleted);
        Assert.False(_socket.IsAborted);
        await PassAsync();

        Assert.True(_socket.IsAborted);
    }

    [Fact]
    public async Task Client_That_Answers_Is_Not_Cut_Off_And_Not_Waited_For()
    {
        _ending.Name(ErrorCodes.Draining);
        await _socket.ClosedAsync();

        _ending.Leave();
        await _ending.Closed.InTime();

        Assert.False(_socket.IsAborted);
    }

    [Fact]
    public async Task Client_That_Leaves_First_Needs_No_Last_Moment()
    {
        _ending.Name(ErrorCodes.Unauthenticated);

        _ending.Leave();
        await _ending.Closed.InTime();

        Assert.Equal((4401, ErrorCodes.Unauthenticated), await _socket.ClosedAsync());
        Assert.False(_socket.IsAborted);
    }

    [Fact]
    public async Task Client_That_Takes_No_Close_Frame_Is_Cut_Off()
    {
        _socket.HoldSends();
        var sending = _socket.SendAsync(new byte[1].AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None).AsTask();
        _ending.Name(ErrorCodes.Stalled);

        await PassAsync();

        Assert.True(_socket.IsAborted);
        Assert.Null(_socket.Closed);
        await Assert.ThrowsAsync<WebSocketException>(() => sending);
    }

    [Fact]
    public async Task First_Ending_That_Is_Named_Is_The_Close_Code()
    {
        _ending.Name(ErrorCodes.Draining);
        _ending.Name(ErrorCodes.NotFound);

        Assert.Equal((4503, ErrorCodes.Draining), await _socket.ClosedAsync());
        Assert.Equal(ErrorCodes.Draining, _ending.Value?.Code);
    }

    [Fact]
    public async Task Connection_That_Nothing_Ends_Closes_As_SignalR_Says()
    {
        Assert.True(_ending.Closed.IsCompleted);

        await _coded.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);

        Assert.Equal((1000, ""), await _socket.ClosedAsync());
    }

    [Fact]
    public async Task Connection_That_Never_Opened_Is_Closed()
    {
        var never = new TaskCompletionSource<WebSocket>();
        never.SetCanceled(TestContext.Current.CancellationToken);
        var ending = new ConnectionEnding(never.Task, () => Assert.Fail("There is nothing to cut off."), _time);

        ending.Name(ErrorCodes.Draining);

        await ending.Closed.InTime();
    }

    private async Task PassAsync()
    {
        while (!_ending.Closed.IsCompleted)
        {
            _time.Advance(ConnectionEnding.StepTimeout);
            await Task.Yield();
        }
    }
}
