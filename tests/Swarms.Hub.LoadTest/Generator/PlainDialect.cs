namespace Swarms.Hub.LoadTest.Generator;

/// <summary>A WebSocket that carries one event in each message, and nothing else.</summary>
internal sealed class PlainDialect : Dialect
{
    public override string PathOf(Seat seat) => $"/watch?room={seat.Room}";

    public override void Read(ReadOnlySpan<byte> record, ViewerConnection viewer) => viewer.Checker.ReadEvents(record);
}
