namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The dialect of socket.io over its WebSocket transport: engine.io's packets by hand.</summary>
internal sealed class SocketIoDialect : Dialect
{
    private static readonly byte[] Connect = TextFrame("40");
    private static readonly byte[] Pong = TextFrame("3");

    public override string PathOf(Seat seat) => $"/socket.io/?EIO=4&transport=websocket&room={seat.Room}";

    public override void Read(ReadOnlySpan<byte> record, ViewerConnection viewer)
    {
        if (record.StartsWith("42"u8))
            viewer.Checker.ReadEvents(record);
        else if (record.StartsWith("40"u8))
            viewer.HasOpened(record.Length);
        else if (record.StartsWith("0"u8))
            viewer.Send(Connect);
        else if (record.StartsWith("2"u8))
            viewer.Send(Pong);
        else
            viewer.Fail($"was told {System.Text.Encoding.UTF8.GetString(record)}");
    }
}
