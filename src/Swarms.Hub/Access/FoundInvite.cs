namespace Swarms.Hub.Access;

/// <summary>A stored invite. The commit that uses it decides whether it is still valid.</summary>
internal sealed record FoundInvite(string Id, string RoomId, string Role, DateTimeOffset ExpiresAt, int? MaxUses, int Uses)
{
    /// <summary>True if it still admits somebody.</summary>
    public bool IsValid(DateTimeOffset now) => now < ExpiresAt && !(Uses >= MaxUses);
}
