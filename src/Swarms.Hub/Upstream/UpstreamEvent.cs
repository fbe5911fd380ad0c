
namespace Swarms.Hub.Upstream;

/// <summary>An event of a run in the hub's own vocabulary, ready for the log.</summary>
/// <param name="Type">As PROTOCOL.md lists them; never one of the hub's own types.</param>
/// <param name="Data">A JSON object in UTF-8. For <c>done</c> it is empty: length and digest are the run loop's to add.</param>
/// <param name="Text">The text of a chunk, the same that is in <paramref name="Data"/>; null for every other type.</param>
internal sealed record UpstreamEvent(string Type, ReadOnlyMemory<byte> Data, string? Text = null);
