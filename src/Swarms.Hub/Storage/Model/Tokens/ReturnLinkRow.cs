namespace Swarms.Hub.Storage.Model;

/// <summary>A host's return link, by the SHA-256 of its secret. A member has at most one.</summary>
internal sealed class ReturnLinkRow
{
    public required string MemberId { get; set; }

    public required byte[] Hash { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
