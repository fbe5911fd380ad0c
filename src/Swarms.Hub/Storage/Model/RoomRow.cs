namespace Swarms.Hub.Storage.Model;

/// <summary>A room.</summary>
internal sealed class RoomRow
{
    public long Key { get; set; }

    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Where the room's chain begins: 0, or the head at which a database of an earlier version was brought up to date.</summary>
    public long OriginSequence { get; set; }

    /// <summary>The link there, which is random; null for a room that was deleted before there were links.</summary>
    public byte[]? OriginLink { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>It was deleted, and not all of its rows are gone yet: <see cref="Storage.Sqlite.DeletedRoomSweeper"/> removes them.</summary>
    public bool HasRemains { get; set; }
}
