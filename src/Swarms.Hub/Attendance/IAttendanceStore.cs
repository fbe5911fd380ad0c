namespace Swarms.Hub.Attendance;

/// <summary>
/// The port to stored attendance. Safe from any thread. It is written by commits (<see cref="AttendanceChange"/>); reads have the
/// consistency and the errors of <see cref="RoomLogs.IRoomStore"/>.
/// </summary>
internal interface IAttendanceStore
{
    /// <summary>The most times of one member that are kept. The oldest go first.</summary>
    const int MaxTimesPerMember = 500;

    /// <summary>Returns the newest times of a room's members, former ones too: at most so many, oldest first.</summary>
    Task<IReadOnlyList<StoredAttendance>> ListAsync(string roomId, int max, CancellationToken cancellationToken);

    /// <summary>Returns the last moment in which each member of a room is known to have watched.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> FindLastAsync(string roomId, CancellationToken cancellationToken);
}
