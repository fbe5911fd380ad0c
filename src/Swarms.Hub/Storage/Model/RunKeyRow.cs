namespace Swarms.Hub.Storage.Model;

/// <summary>A member's idempotency key and the run that it started.</summary>
internal sealed class RunKeyRow
{
    public required string MemberId { get; set; }

    public required string Key { get; set; }

    public long RoomKey { get; set; }

    public required string RunId { get; set; }

    /// <summary>The hash of the request; empty once the run was removed.</summary>
    public required byte[] RequestHash { get; set; }
}
