namespace Swarms.Hub.Storage.Model;

/// <summary>A room.</summary>
internal sealed class RoomRow
{
    public long Key { get; set; }

    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// The sequence at which the room's chain begins: 0, or the head at which an earlier version's database was migrated.
    /// </summary>
    public long OriginSequence { get; set; }

    /// <summary>The random link at the origin; null for a room that was deleted before there were links.</summary>
    public byte[]? OriginLink { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>True while a deleted room still has rows that <see cref="Storage.Sqlite.DeletedRoomSweeper"/> must remove.</summary>
    public bool HasRemains { get; set; }
}
