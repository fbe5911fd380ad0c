using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage;

/// <summary>A room's end as it is stored.</summary>
/// <param name="Key">The room's number.</param>
/// <param name="Head">Its last event, or where its chain begins.</param>
/// <param name="IsDeleted">It was deleted: its events may be gone already.</param>
internal readonly record struct StoredHead(long Key, LogPosition Head, bool IsDeleted);
