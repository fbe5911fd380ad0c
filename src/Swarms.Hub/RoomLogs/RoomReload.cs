using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A room was loaded anew, because what is stored is not what was in memory.</summary>
/// <param name="Log">The room, with its new history.</param>
/// <param name="OpenRuns">Runs without an ending in that history: none of them goes on.</param>
/// <param name="GoneMembers">Members who are not in the room in that history.</param>
internal sealed record RoomReload(RoomLog Log, IReadOnlyList<Run> OpenRuns, IReadOnlyList<string> GoneMembers);
