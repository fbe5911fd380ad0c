namespace Swarms.Hub.Storage.Model;

/// <summary>A token, by the SHA-256 of its text.</summary>
internal sealed class TokenRow
{
    public required byte[] Hash { get; set; }

    public required string MemberId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
