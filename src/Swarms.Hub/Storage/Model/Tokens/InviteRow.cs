namespace Swarms.Hub.Storage.Model;

/// <summary>An invite to a room, with the SHA-256 of its secret and its code.</summary>
internal sealed class InviteRow
{
    public required string Id { get; set; }

    public long RoomKey { get; set; }

    public required string Role { get; set; }

    public required byte[] SecretHash { get; set; }

    public required byte[] CodeHash { get; set; }

    public int? MaxUses { get; set; }

    public int Uses { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The member who made it; null for the operator, or for a version that did not store it.</summary>
    public string? By { get; set; }
}
