namespace Swarms.Hub.Upstream;

/// <summary>An event of a run in the hub's own vocabulary, ready for the log.</summary>
/// <param name="Type">One of PROTOCOL.md's event types, but never one that only the hub may send.</param>
/// <param name="Data">A JSON object in UTF-8. For <c>done</c> it is empty: the run's loop adds length and digest.</param>
/// <param name="Text">The text of a chunk, the same that is in <paramref name="Data"/>; null for every other type.</param>
internal sealed record UpstreamEvent(string Type, ReadOnlyMemory<byte> Data, string? Text = null);
