using System.Buffers.Text;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The dialect of Swarms.Hub: SignalR's JSON protocol by hand, one stream invocation of <c>WatchRoom</c>.</summary>
internal sealed class HubDialect : Dialect
{
    private static readonly byte[] Ping = TextFrame("{\"type\":6}\u001e");

    public override bool SeparatesRecords => true;

    public override ReadOnlyMemory<byte> KeepAlive => Ping;

    public override string PathOf(Seat seat) => "/hub";

    public override IEnumerable<string> Greet(Seat seat, string? cursor) =>
    [
        "{\"protocol\":\"json\",\"version\":1}\u001e",
        "{\"type\":4,\"invocationId\":\"1\",\"target\":\"WatchRoom\","
            + $"\"arguments\":[\"{seat.Room}\",{(cursor is null ? "null" : $"\"{cursor}\"")}]}}\u001e",
    ];

    public override void Read(ReadOnlySpan<byte> record, ViewerConnection viewer)
    {
        var head = record[..Math.Min(record.Length, 64)];
        if (head.IndexOf("\"type\":2,"u8) >= 0)
            ReadFrame(record, head, viewer);
        else if (head.IndexOf("\"type\":3,"u8) >= 0 || head.IndexOf("\"type\":7"u8) >= 0 || head.IndexOf("\"error\":"u8) >= 0)
            viewer.Fail($"was told {System.Text.Encoding.UTF8.GetString(record)}");
    }

    private static void ReadFrame(ReadOnlySpan<byte> record, ReadOnlySpan<byte> head, ViewerConnection viewer)
    {
        var cursor = CursorOf(record);
        viewer.SetCursor(cursor);
        if (head.IndexOf("\"kind\":\"events\""u8) >= 0)
        {
            viewer.Checker.ReadEvents(record);
            return;
        }

        if (head.IndexOf("\"kind\":\"snapshot\""u8) >= 0)
        {
            var position = cursor[(cursor.LastIndexOf((byte)':') + 1)..];
            viewer.Checker.ReadSnapshot(Utf8Parser.TryParse(position, out long sequence, out _) ? sequence : -1);
        }

        viewer.HasOpened(record.Length);
    }

    private static ReadOnlySpan<byte> CursorOf(ReadOnlySpan<byte> record)
    {
        var rest = record[(record.IndexOf("\"cursor\":\""u8) + 10)..];
        return rest[..rest.IndexOf((byte)'"')];
    }
}
