using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>A room as it is read from the store.</summary>
/// <param name="Key">Its number in the store.</param>
/// <param name="Head">The sequence of its last event.</param>
/// <param name="State">The fold up to there.</param>
internal sealed record StoredRoom(long Key, long Head, RoomState State);
