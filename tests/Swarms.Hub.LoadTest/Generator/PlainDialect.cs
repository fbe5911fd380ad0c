namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The dialect of a WebSocket that carries only one event in each message.</summary>
internal sealed class PlainDialect : Dialect
{
    public override string PathOf(Seat seat) => $"/watch?room={seat.Room}";

    public override void Read(ReadOnlySpan<byte> record, ViewerConnection viewer) => viewer.Checker.ReadEvents(record);
}
