namespace Swarms.Hub.Operations;

/// <summary>The port to the figures of the whole store. Safe from any thread.</summary>
internal interface IHubStore
{
    /// <summary>Counts the rooms and the present members of all of them.</summary>
    Task<(long Rooms, long Members)> CountAsync(CancellationToken cancellationToken);

    /// <summary>The bytes of free disk below which the hub takes nothing new; 0 without a limit.</summary>
    long MinFreeBytes { get; }

    /// <summary>
    /// Returns the bytes of the store, and those that its disk has left; null where nobody knows. Never fails: bytes that cannot be
    /// measured are 0.
    /// </summary>
    (long Bytes, long? FreeBytes) Measure();
}
