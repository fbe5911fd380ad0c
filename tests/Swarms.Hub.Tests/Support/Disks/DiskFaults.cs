namespace Swarms.Hub.Support;

/// <summary>The operations that a <see cref="FaultyDisk"/> answers with an error.</summary>
[Flags]
internal enum DiskFaults
{
    None = 0,
    Read = 1,
    Write = 2,
    Sync = 4,
}
