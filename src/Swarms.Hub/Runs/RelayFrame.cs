namespace Swarms.Hub.Runs;

/// <summary>One frame for a door's caller, as the upstream sent it.</summary>
/// <param name="Name">The frame's name; null where it has none.</param>
/// <param name="Data">The frame's data.</param>
/// <param name="Committed">Completes when the room has what the frame says.</param>
internal readonly record struct RelayFrame(string? Name, string Data, Task Committed);
