using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>The reload of a room whose stored history was not the one in memory.</summary>
/// <param name="Log">The room, with its new history.</param>
/// <param name="OpenRuns">The runs without an ending in that history. None of them continues.</param>
/// <param name="GoneMembers">The ids of members who are not in that history.</param>
internal sealed record RoomReload(RoomLog Log, IReadOnlyList<Run> OpenRuns, IReadOnlyList<string> GoneMembers);
