using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Gives the room another name.</summary>
internal sealed record RenameRoom(string Name) : RoomChange;
