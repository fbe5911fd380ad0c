namespace Swarms.Hub.Runs;

/// <summary>A frame for a door's caller, as the upstream sent it.</summary>
/// <param name="Name">The frame's name; null if it has none.</param>
/// <param name="Data">The frame's data.</param>
/// <param name="Committed">Completes when the frame's event is committed.</param>
internal readonly record struct RelayFrame(string? Name, string Data, Task Committed);
