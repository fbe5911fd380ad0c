namespace Peers;

/// <summary>The same event that the hub shows.</summary>
internal sealed record RelayedEvent(long Sequence, string At, string Type, string Run, RelayedChunk Data);
