namespace Swarms.Hub.Access;

/// <summary>A stored invite. The commit that uses it decides whether it is still valid.</summary>
internal sealed record FoundInvite(string Id, string RoomId, string Role);
