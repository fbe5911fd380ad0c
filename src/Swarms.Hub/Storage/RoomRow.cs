namespace Swarms.Hub.Storage;

/// <summary>A room.</summary>
internal sealed class RoomRow
{
    public long Key { get; set; }

    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>It was deleted, and not all of its rows are gone yet: <see cref="RoomRemains"/> removes them.</summary>
    public bool HasRemains { get; set; }
}
