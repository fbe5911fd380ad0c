namespace Swarms.Hub.LoadTest.Generator;

/// <summary>A plain SignalR hub that sends each event to the room's group.</summary>
internal sealed class GroupDialect : Dialect
{
    private static readonly byte[] Ping = TextFrame("{\"type\":6}\u001e");

    public override bool SeparatesRecords => true;

    public override ReadOnlyMemory<byte> KeepAlive => Ping;

    public override string PathOf(Seat seat) => $"/hub?room={seat.Room}";

    public override IEnumerable<string> Greet(Seat seat, string? cursor) => ["{\"protocol\":\"json\",\"version\":1}\u001e"];

    public override void Read(ReadOnlySpan<byte> record, ViewerConnection viewer)
    {
        if (record.SequenceEqual("{}"u8))
            viewer.HasOpened(record.Length);
        else if (record.StartsWith("{\"type\":1,"u8))
            viewer.Checker.ReadEvents(record);
        else if (!record.StartsWith("{\"type\":6"u8))
            viewer.Fail($"was told {System.Text.Encoding.UTF8.GetString(record)}");
    }
}
