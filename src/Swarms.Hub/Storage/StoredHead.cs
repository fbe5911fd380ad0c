using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>A room's stored head.</summary>
/// <param name="Key">The room's number.</param>
/// <param name="Head">The position of its last event; without events, the origin of its chain.</param>
/// <param name="IsDeleted">True if the room was deleted; its events may be gone already.</param>
internal readonly record struct StoredHead(long Key, LogPosition Head, bool IsDeleted);
