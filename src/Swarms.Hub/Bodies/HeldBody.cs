namespace Swarms.Hub.Bodies;

/// <summary>A request's whole body in memory. Its bytes stay reserved until this and every other user are disposed.</summary>
/// <param name="Bytes">The body in UTF-8, without a byte order mark.</param>
/// <param name="Reservation">Its bytes in the budget; null for an empty body.</param>
internal sealed record HeldBody(ReadOnlyMemory<byte> Bytes, ByteBudget.Reservation? Reservation) : IDisposable
{
    public void Dispose() => Reservation?.Dispose();
}
