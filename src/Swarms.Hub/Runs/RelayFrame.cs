using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>One frame for a door's caller.</summary>
/// <param name="Raw">The frame as the upstream sent it.</param>
/// <param name="Committed">Completes when the room has what the frame says.</param>
internal readonly record struct RelayFrame(SseFrame Raw, Task Committed);
