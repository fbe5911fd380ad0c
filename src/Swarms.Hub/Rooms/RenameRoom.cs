using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Gives the room another name. The commit fails with <c>unauthenticated</c> or <c>forbidden</c> if <paramref name="By"/> is no host any
/// more.
/// </summary>
internal sealed record RenameRoom(string Name, string? By = null) : RoomChange;
