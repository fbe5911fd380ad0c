using System.Buffers;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hubs.Wire;

public sealed class ViewerFrameWriterTests
{
    [Fact]
    public void Frame_Of_Several_Batches_Holds_Every_Event_Once_And_In_Order()
    {
        CommittedBatch[] batches = [Batch(1, 1), Batch(2, 3), Batch(5, 2)];

        var item = Write("7", new ViewerFrame(FrameKinds.Events, batches[^1].Cursor, 6, Json: null, batches)).GetProperty("item");

        Assert.Equal(batches[^1].Cursor, item.GetProperty("cursor").GetString());
        Assert.Equal([1, 2, 3, 4, 5, 6], item.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public void Frame_Of_One_Batch_Is_The_Bytes_That_Were_Encoded_At_Commit()
    {
        var batch = Batch(1, 2);

        var message = Write("7", new ViewerFrame(FrameKinds.Events, batch.Cursor, 2, batch.Frame, [batch]));

        Assert.Equal((2, "7"), (message.GetProperty("type").GetInt32(), message.GetProperty("invocationId").GetString()));
        Assert.Equal(Encoding.UTF8.GetString(batch.Frame.Span), message.GetProperty("item").GetRawText());
    }

    [Fact]
    public void Invocation_Id_That_Needs_Escaping_Comes_Back_As_It_Was()
    {
        var batch = Batch(1, 1);

        var message = Write("a \"quoted\" id \\ \u001e", new ViewerFrame(FrameKinds.Events, batch.Cursor, 1, batch.Frame, [batch]));

        Assert.Equal("a \"quoted\" id \\ \u001e", message.GetProperty("invocationId").GetString());
    }

    private static JsonElement Write(string invocationId, ViewerFrame frame)
    {
        var message = new ArrayBufferWriter<byte>();
        ViewerFrameWriter.Write(invocationId, frame, message);
        Assert.Equal(message.WrittenCount - 1, message.WrittenSpan.IndexOf((byte)0x1e));
        return JsonElement.Parse(message.WrittenSpan[..^1]);
    }

    private static CommittedBatch Batch(long first, int count) => CommittedBatch.Encode(
        first, [.. Enumerable.Range(0, count).Select(_ => LogUnderTest.Chunk("x"))],
        [.. Enumerable.Range(0, count).Select(_ => (EventLink?)EventLink.CreateFirst())]);
}
