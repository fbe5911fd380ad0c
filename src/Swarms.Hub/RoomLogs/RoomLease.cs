namespace Swarms.Hub.RoomLogs;

/// <summary>Keeps a room in memory until it is disposed. Safe from any thread.</summary>
internal sealed class RoomLease(RoomLog log, Action release) : IDisposable
{
    private Action? _release = release;

    public RoomLog Log { get; } = log;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
