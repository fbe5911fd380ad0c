namespace Swarms.Hub.Storage.Model;

/// <summary>A time in which a member watched a room.</summary>
internal sealed class AttendanceRow
{
    public long RoomKey { get; set; }

    public required string MemberId { get; set; }

    public DateTimeOffset CameAt { get; set; }

    /// <summary>The end; while it goes on, the last moment that is known.</summary>
    public DateTimeOffset LastAt { get; set; }

    public bool IsOpen { get; set; }
}
