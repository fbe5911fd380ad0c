namespace Swarms.Hub.Storage;

/// <summary>A room.</summary>
internal sealed class RoomRow
{
    public long Key { get; set; }

    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}
