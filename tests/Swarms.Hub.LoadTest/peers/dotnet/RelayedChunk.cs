namespace Peers;

internal sealed record RelayedChunk(string Content);
