using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A room as read from the store.</summary>
/// <param name="Key">The room's number in the store; 0 before it is stored.</param>
/// <param name="Head">The position of its last event.</param>
/// <param name="State">The fold up to the head.</param>
internal sealed record StoredRoom(long Key, LogPosition Head, RoomState State);
