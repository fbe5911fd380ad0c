using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hubs.Wire;

public sealed class WebSocketOutputTests : IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromMinutes(2);

    private readonly RecordingWebSocket _socket = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionEnding _ending;
    private readonly CodedWebSocket _coded;
    private readonly WebSocketOutput _output;
    private int _stalled;

    public WebSocketOutputTests()
    {
        var accepted = new TaskCompletionSource<WebSocket>();
        _ending = new ConnectionEnding(accepted.Task, _socket.Abort, _time);
        _coded = new CodedWebSocket(_socket, _ending);
        accepted.SetResult(_coded);
        _output = new WebSocketOutput(_coded, _ending, SendTimeout, _time, () => _stalled++);
    }

    public void Dispose() => _coded.Dispose();

    [Fact]
    public async Task What_Was_Written_Until_A_Flush_Is_One_Message_Sent_At_Once()
    {
        Write("one, ");
        Write("two");
        await _output.FlushAsync(TestContext.Current.CancellationToken);
        Write("three");
        await _output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["one, two", "three"], _socket.Messages);
        Assert.Equal(2, _socket.Parts.Count);
        Assert.Equal(0, _output.UnflushedBytes);
    }

    [Fact]
    public async Task Flush_Of_Nothing_Sends_Nothing()
    {
        await _output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_socket.Parts);
    }

    [Fact]
    public async Task Message_Grows_Through_Many_Small_Writes_Without_Losing_A_Byte()
    {
        var expected = new StringBuilder();
        for (var i = 0; i < 5_000; i++)
        {
            expected.Append(i).Append(' ');
            Write($"{i} ");
        }

        await _output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal([expected.ToString()], _socket.Messages);
    }

    [Fact]
    public async Task Long_Message_Goes_In_Parts_That_End_With_The_Message()
    {
        Write(new string('x', 100_000));
        await _output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal([new string('x', 100_000)], _socket.Messages);
        Assert.All(_socket.Parts, part => Assert.InRange(part.Bytes.Length, 1, 8_192));
        Assert.Equal([.. Enumerable.Repeat(false, _socket.Parts.Count - 1), true], _socket.Parts.Select(part => part.IsLast));
    }

    [Fact]
    public async Task Large_Frame_Is_Sent_From_Where_It_Is_And_Arrives_As_The_Same_Message()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"kind":"snapshot","text":"{{new string('é', 50_000)}}"}""");
        var frame = new ViewerFrame(FrameKinds.Snapshot, "e:1", 1, json, []);
        var copied = new ArrayBufferWriter<byte>();
        ViewerFrameWriter.Write("7", frame, copied);

        ViewerFrameWriter.Write("7", frame, _output);
        Assert.InRange(_output.UnflushedBytes, 1, 100);
        await _output.FlushAsync(TestContext.Current.CancellationToken);
        Write("next");
        await _output.FlushAsync(TestContext.Current.CancellationToken);

        var announcement = $"{{\"type\":6,\"next\":{json.Length}}}\u001e";
        Assert.Equal([announcement, Encoding.UTF8.GetString(copied.WrittenSpan), "next"], _socket.Messages);
    }

    [Fact]
    public async Task Viewer_That_Takes_A_Part_Within_The_Timeout_Is_Not_Ended_However_Long_The_Message_Takes()
    {
        _socket.HoldSends();
        Write(new string('x', 5 * 8_192));
        var flushing = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        for (var part = 1; part <= 5; part++)
        {
            await _socket.SendsAsync(part);
            _time.Advance(SendTimeout - TimeSpan.FromSeconds(1));
            _socket.ReleaseSend();
        }

        Assert.False((await flushing.InTime()).IsCompleted);
        Assert.Equal(0, _stalled);
        Assert.Single(_socket.Messages);
    }

    [Fact]
    public async Task Viewer_That_Does_Not_Take_A_Part_Within_The_Timeout_Is_Ended_Once_And_Sent_Nothing_More()
    {
        _socket.HoldSends();
        Write(new string('x', 20_000));
        var flushing = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        await _socket.SendsAsync(1);

        _time.Advance(SendTimeout);
        _time.Advance(ConnectionEnding.StepTimeout);

        Assert.True((await flushing.InTime()).IsCompleted);
        await _ending.Closed.InTime();
        Write("more");
        Assert.True((await _output.FlushAsync(TestContext.Current.CancellationToken)).IsCompleted);
        Assert.Equal(1, _stalled);
        Assert.Single(_socket.Parts);
        Assert.Null(_socket.Closed);
    }

    [Fact]
    public async Task Stalled_Viewer_That_Reads_Again_Is_Told_Why_It_Is_Ended()
    {
        _socket.HoldSends();
        Write(new string('x', 20_000));
        var flushing = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        await _socket.SendsAsync(1);
        _time.Advance(SendTimeout);

        _socket.ReleaseSend();

        Assert.Equal((4408, ErrorCodes.Stalled), await _socket.ClosedAsync());
        Assert.True((await flushing.InTime()).IsCompleted);
        Assert.Single(_socket.Parts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_Writes_Does_Not_Go_On_Where_The_Send_Ended(bool isGone)
    {
        _socket.HoldSends();
        Write("text");
        using var isInSend = new ThreadLocal<bool>();
        var wentOnInSend = GoOnAsync();

        // A dedicated thread stands for the one that serves the sockets.
        var sockets = new Thread(() =>
        {
            isInSend.Value = true;
            if (isGone)
                _socket.Abort();
            else
                _socket.ReleaseSend();
        });
        sockets.Start();

        Assert.False(await wentOnInSend.InTime());
        sockets.Join();

        // Returns when the send is held and its waits are in place.
        async Task<bool> GoOnAsync()
        {
            await _output.FlushAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            return isInSend.Value;
        }
    }

    [Fact]
    public async Task Viewer_That_Is_Gone_Is_No_Error()
    {
        _socket.Abort();
        Write("late");

        Assert.True((await _output.FlushAsync(TestContext.Current.CancellationToken)).IsCompleted);
        Assert.Empty(_socket.Messages);
    }

    private void Write(string text) => _output.Write(Encoding.UTF8.GetBytes(text));
}
