using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A room as it is read from the store.</summary>
/// <param name="Key">Its number in the store; 0 before it is stored.</param>
/// <param name="Head">Its last event.</param>
/// <param name="State">The fold up to there.</param>
internal sealed record StoredRoom(long Key, LogPosition Head, RoomState State);
