namespace Swarms.Hub.Storage.Model;

/// <summary>A token that reads one run, by its SHA-256.</summary>
internal sealed class EmbedRow
{
    public required string Id { get; set; }

    public long RoomKey { get; set; }

    public required string RunId { get; set; }

    public required byte[] Hash { get; set; }

    public bool HidesTask { get; set; }

    /// <summary>The host who made it.</summary>
    public required string By { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
